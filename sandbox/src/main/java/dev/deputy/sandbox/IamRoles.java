package dev.deputy.sandbox;

import static dev.deputy.sandbox.IamShapes.DESCRIPTION;
import static dev.deputy.sandbox.IamShapes.MARKER;
import static dev.deputy.sandbox.IamShapes.MAX_ITEMS;
import static dev.deputy.sandbox.IamShapes.MAX_SESSION;
import static dev.deputy.sandbox.IamShapes.PATH;
import static dev.deputy.sandbox.IamShapes.PATH_PREFIX;
import static dev.deputy.sandbox.IamShapes.ROLE;
import static dev.deputy.sandbox.IamShapes.SOME_TAGS;
import static dev.deputy.sandbox.IamShapes.TAGS;
import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;

import dev.deputy.sandbox.Identity.RoleName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** IAM's roles. */
final class IamRoles {
  private static final int TRUST_QUOTA = 2048;

  private final Directory directory;

  IamRoles(Directory directory) {
    this.directory = directory;
  }

  List<Action> actions() {
    List<Action> actions = new ArrayList<>(lifeActions());
    actions.addAll(changeActions());
    return actions;
  }

  private List<Action> lifeActions() {
    Shape.Field boundary = may("PermissionsBoundary", text(20, 2048));
    Shape.Field trust = need("AssumeRolePolicyDocument", text(1, 131072));
    return List.of(
        Action.write(
            "CreateRole",
            structure(ROLE, trust, PATH, DESCRIPTION, MAX_SESSION, boundary, TAGS),
            this::creation,
            this::createRole),
        Action.read("GetRole", structure(ROLE), onRole("iam:GetRole"), this::getRole),
        Action.write("DeleteRole", structure(ROLE), onRole("iam:DeleteRole"), this::deleteRole),
        Action.read(
            "ListRoles",
            structure(PATH_PREFIX, MARKER, MAX_ITEMS),
            call ->
                Permission.of(
                    "iam:ListRoles",
                    "arn:aws:iam::%s:role%s"
                        .formatted(call.account(), call.parameters().text("PathPrefix", "/"))),
            this::listRoles));
  }

  private List<Action> changeActions() {
    return List.of(
        Action.write(
            "UpdateRole",
            structure(ROLE, DESCRIPTION, MAX_SESSION),
            onRole("iam:UpdateRole"),
            this::updateRole),
        Action.write(
            "UpdateAssumeRolePolicy",
            structure(ROLE, need("PolicyDocument", text(1, 131072))),
            onRole("iam:UpdateAssumeRolePolicy"),
            this::updateTrust),
        Action.write(
            "TagRole",
            structure(ROLE, SOME_TAGS),
            call -> onRole("iam:TagRole").apply(call).withRequestTags(tags(call)),
            this::tagRole),
        Action.write(
            "UntagRole",
            structure(ROLE, need("TagKeys", list(text(1, 128), 0, 50))),
            call ->
                onRole("iam:UntagRole")
                    .apply(call)
                    .with("aws:TagKeys", call.parameters().texts("TagKeys")),
            this::untagRole),
        Action.write(
            "PutRolePermissionsBoundary",
            structure(ROLE, need("PermissionsBoundary", text(20, 2048))),
            call ->
                onRole("iam:PutRolePermissionsBoundary")
                    .apply(call)
                    .with("iam:PermissionsBoundary", call.parameters().text("PermissionsBoundary")),
            this::putBoundary),
        Action.write(
            "DeleteRolePermissionsBoundary",
            structure(ROLE),
            bounded("iam:DeleteRolePermissionsBoundary"),
            this::deleteBoundary));
  }

  /** Permission on the role that the request names, whether it exists or not. */
  private Function<Call, Permission> onRole(String action) {
    return call -> IamAccess.onRole(directory, call, action);
  }

  private Function<Call, Permission> bounded(String action) {
    return call -> IamAccess.bounded(directory, call, action);
  }

  private Permission creation(Call call) {
    Parameters p = call.parameters();
    return Permission.of(
            "iam:CreateRole",
            "arn:aws:iam::%s:role%s%s"
                .formatted(call.account(), p.text("Path", "/"), p.text("RoleName")))
        .with(
            "iam:PermissionsBoundary",
            p.optionalText("PermissionsBoundary").map(List::of).orElse(List.of()))
        .withRequestTags(tags(call));
  }

  private ObjectNode createRole(Call call) {
    Parameters p = call.parameters();
    p.optionalText("PermissionsBoundary")
        .ifPresent(arn -> IamRules.requirePolicy(directory, call, arn));
    Map<String, String> tags = tags(call);
    if (!tags.isEmpty()) {
      call.require(Permission.of("iam:TagRole", creation(call).resource()).withRequestTags(tags));
    }
    var role =
        new Role(
            new RoleName(
                call.account(), p.text("Path", "/"), p.text("RoleName"), Ids.unique("AROA", 17)),
            call.time(),
            p.text("Description", ""),
            p.whole("MaxSessionDuration", 3600),
            trust(p.text("AssumeRolePolicyDocument")),
            Map.of(),
            List.of(),
            p.optionalText("PermissionsBoundary"),
            tags);
    if (!directory.add(role)) {
      throw new AwsException(
          "EntityAlreadyExists",
          409,
          "Role with name %s already exists.".formatted(role.name().name()));
    }
    call.touches("AWS::IAM::Role", role.arn());
    return Call.object().set("Role", IamViews.role(role, directory));
  }

  private ObjectNode getRole(Call call) {
    return Call.object().set("Role", IamViews.role(role(call), directory));
  }

  private ObjectNode deleteRole(Call call) {
    String name = call.parameters().text("RoleName");
    boolean found =
        directory.remove(
            call.account(),
            name,
            role -> {
              if (!role.attached().isEmpty()) {
                throw conflict("Cannot delete entity, must detach all policies first.");
              }
              if (!role.inline().isEmpty()) {
                throw conflict("Cannot delete entity, must delete policies first.");
              }
              call.touches("AWS::IAM::Role", role.arn());
            });
    if (!found) {
      throw IamRules.noRole(name);
    }
    return Call.object();
  }

  private ObjectNode listRoles(Call call) {
    String prefix = call.parameters().text("PathPrefix", "/");
    List<Role> roles =
        directory.roles(call.account()).stream()
            .filter(role -> role.name().path().startsWith(prefix))
            .toList();
    Page<Role> page = IamRules.page(call, roles, role -> role.name().name());
    ArrayNode list = IamViews.list();
    page.items().forEach(role -> list.add(IamViews.role(role, directory)));
    return IamViews.page("Roles", list, page.next());
  }

  private ObjectNode updateRole(Call call) {
    Parameters p = call.parameters();
    change(
        call,
        role ->
            role.withLimits(
                p.text("Description", role.description()),
                p.whole("MaxSessionDuration", role.maxSession())));
    return Call.object();
  }

  private ObjectNode updateTrust(Call call) {
    TrustPolicy trust = trust(call.parameters().text("PolicyDocument"));
    change(call, role -> role.withTrust(trust));
    return Call.object();
  }

  private ObjectNode tagRole(Call call) {
    change(
        call,
        role -> {
          Map<String, String> tags = new LinkedHashMap<>(role.tags());
          tags(call)
              .forEach((key, value) -> {
                tags.keySet().removeIf(key::equalsIgnoreCase);
                tags.put(key, value);
              });
          if (tags.size() > 50) {
            throw IamRules.limit("TagsPerRole", 50);
          }
          return role.withTags(tags);
        });
    return Call.object();
  }

  private ObjectNode untagRole(Call call) {
    List<String> keys = call.parameters().texts("TagKeys");
    change(
        call,
        role -> {
          Map<String, String> tags = new LinkedHashMap<>(role.tags());
          tags.keySet().removeIf(key -> keys.stream().anyMatch(key::equalsIgnoreCase));
          return role.withTags(tags);
        });
    return Call.object();
  }

  private ObjectNode putBoundary(Call call) {
    String arn = call.parameters().text("PermissionsBoundary");
    IamRules.requirePolicy(directory, call, arn);
    change(call, role -> role.withBoundary(Optional.of(arn)));
    return Call.object();
  }

  private ObjectNode deleteBoundary(Call call) {
    change(call, role -> role.withBoundary(Optional.empty()));
    return Call.object();
  }

  private Role role(Call call) {
    String name = call.parameters().text("RoleName");
    return directory.role(call.account(), name).orElseThrow(() -> IamRules.noRole(name));
  }

  private void change(Call call, UnaryOperator<Role> change) {
    String name = call.parameters().text("RoleName");
    Role changed =
        directory.change(call.account(), name, change).orElseThrow(() -> IamRules.noRole(name));
    call.touches("AWS::IAM::Role", changed.arn());
  }

  private TrustPolicy trust(String text) {
    if (IamRules.sizeWithoutBlanks(text) > TRUST_QUOTA) {
      throw IamRules.limit("ACLSizePerRole", TRUST_QUOTA);
    }
    return TrustPolicy.of(text, directory);
  }

  private static Map<String, String> tags(Call call) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Parameters tag : call.parameters().list("Tags")) {
      if (tags.keySet().stream().anyMatch(tag.text("Key")::equalsIgnoreCase)) {
        throw AwsException.of(
            "InvalidInput",
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
      tags.put(tag.text("Key"), tag.text("Value"));
    }
    return tags;
  }

  private static AwsException conflict(String message) {
    return new AwsException("DeleteConflict", 409, message);
  }
}
