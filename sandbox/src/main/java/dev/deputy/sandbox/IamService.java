package dev.deputy.sandbox;

import static dev.deputy.sandbox.IamShapes.DESCRIPTION;
import static dev.deputy.sandbox.IamShapes.DOCUMENT;
import static dev.deputy.sandbox.IamShapes.MARKER;
import static dev.deputy.sandbox.IamShapes.MAX_ITEMS;
import static dev.deputy.sandbox.IamShapes.MAX_SESSION;
import static dev.deputy.sandbox.IamShapes.PATH;
import static dev.deputy.sandbox.IamShapes.PATH_PREFIX;
import static dev.deputy.sandbox.IamShapes.POLICY_NAME;
import static dev.deputy.sandbox.IamShapes.ROLE;
import static dev.deputy.sandbox.IamShapes.SOME_TAGS;
import static dev.deputy.sandbox.IamShapes.TAGS;
import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;

import dev.deputy.iam.NamedPolicy;
import dev.deputy.iam.PolicyDocument;
import dev.deputy.iam.PolicySyntaxException;
import dev.deputy.sandbox.Identity.RoleName;
import dev.deputy.sandbox.Role.StoredPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** IAM: roles with their embedded policies. Managed policies are in {@link IamPolicies}. */
final class IamService implements Service {
  private static final Api API =
      new Api("iam", Protocol.QUERY, "2010-05-08", List.of(), "ValidationError");
  private static final int TRUST_QUOTA = 2048;
  private static final int INLINE_QUOTA = 10240;

  private final Directory directory;
  private final IamPolicies policies;

  IamService(Directory directory) {
    this.directory = directory;
    this.policies = new IamPolicies(directory);
  }

  @Override
  public Api api() {
    return API;
  }

  @Override
  public List<Action> actions() {
    List<Action> actions = new ArrayList<>(policies.actions());
    actions.addAll(roleActions());
    actions.addAll(inlineActions());
    return actions;
  }

  private List<Action> roleActions() {
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
            this::listRoles),
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

  private List<Action> inlineActions() {
    return List.of(
        Action.write(
            "PutRolePolicy",
            structure(ROLE, POLICY_NAME, DOCUMENT),
            bounded("iam:PutRolePolicy"),
            this::putInline),
        Action.read(
            "GetRolePolicy",
            structure(ROLE, POLICY_NAME),
            onRole("iam:GetRolePolicy"),
            this::getInline),
        Action.write(
            "DeleteRolePolicy",
            structure(ROLE, POLICY_NAME),
            bounded("iam:DeleteRolePolicy"),
            this::deleteInline),
        Action.read(
            "ListRolePolicies",
            structure(ROLE, MARKER, MAX_ITEMS),
            onRole("iam:ListRolePolicies"),
            this::listInline));
  }

  /** Permission on the role that the request names, whether it exists or not. */
  private Function<Call, Permission> onRole(String action) {
    return call -> IamPolicies.onRole(directory, call, action);
  }

  private Function<Call, Permission> bounded(String action) {
    return call -> IamPolicies.bounded(directory, call, action);
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
        .ifPresent(arn -> IamPolicies.requirePolicy(directory, call, arn));
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
      throw IamPolicies.noRole(name);
    }
    return Call.object();
  }

  private ObjectNode listRoles(Call call) {
    String prefix = call.parameters().text("PathPrefix", "/");
    List<Role> roles =
        directory.roles(call.account()).stream()
            .filter(role -> role.name().path().startsWith(prefix))
            .toList();
    Page<Role> page = IamPolicies.page(call, roles, role -> role.name().name());
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
            throw IamPolicies.limit("TagsPerRole", 50);
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
    IamPolicies.requirePolicy(directory, call, arn);
    change(call, role -> role.withBoundary(Optional.of(arn)));
    return Call.object();
  }

  private ObjectNode deleteBoundary(Call call) {
    change(call, role -> role.withBoundary(Optional.empty()));
    return Call.object();
  }

  private ObjectNode putInline(Call call) {
    Parameters p = call.parameters();
    StoredPolicy policy = identityPolicy(p.text("PolicyName"), p.text("PolicyDocument"));
    change(
        call,
        role -> {
          Role changed = role.withInline(policy);
          int size =
              changed.inline().values().stream()
                  .mapToInt(stored -> IamPolicies.sizeWithoutBlanks(stored.text()))
                  .sum();
          if (size > INLINE_QUOTA) {
            throw new AwsException(
                "LimitExceeded",
                409,
                "Maximum policy size of %d bytes exceeded for role %s"
                    .formatted(INLINE_QUOTA, role.name().name()));
          }
          return changed;
        });
    return Call.object();
  }

  private ObjectNode getInline(Call call) {
    String name = call.parameters().text("PolicyName");
    Role role = role(call);
    StoredPolicy policy = role.inline().get(name);
    if (policy == null) {
      throw noInline(name);
    }
    return Call.object()
        .put("RoleName", role.name().name())
        .put("PolicyName", name)
        .put("PolicyDocument", IamViews.encoded(policy.text()));
  }

  private ObjectNode deleteInline(Call call) {
    String name = call.parameters().text("PolicyName");
    change(
        call,
        role -> {
          if (!role.inline().containsKey(name)) {
            throw noInline(name);
          }
          return role.withoutInline(name);
        });
    return Call.object();
  }

  private ObjectNode listInline(Call call) {
    List<String> names = List.copyOf(role(call).inline().keySet());
    Page<String> page = IamPolicies.page(call, names, name -> name);
    ArrayNode list = IamViews.list();
    page.items().forEach(list::add);
    return IamViews.page("PolicyNames", list, page.next());
  }

  private Role role(Call call) {
    String name = call.parameters().text("RoleName");
    return directory.role(call.account(), name).orElseThrow(() -> IamPolicies.noRole(name));
  }

  private void change(Call call, UnaryOperator<Role> change) {
    String name = call.parameters().text("RoleName");
    Role changed =
        directory.change(call.account(), name, change).orElseThrow(() -> IamPolicies.noRole(name));
    call.touches("AWS::IAM::Role", changed.arn());
  }

  private TrustPolicy trust(String text) {
    if (IamPolicies.sizeWithoutBlanks(text) > TRUST_QUOTA) {
      throw IamPolicies.limit("ACLSizePerRole", TRUST_QUOTA);
    }
    return TrustPolicy.of(text, directory);
  }

  static StoredPolicy identityPolicy(String name, String text) {
    try {
      return new StoredPolicy(text, new NamedPolicy(name, PolicyDocument.parse(text)));
    } catch (PolicySyntaxException e) {
      throw AwsException.of(
          "MalformedPolicyDocument", "Syntax errors in policy: " + e.getMessage());
    }
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

  private static AwsException noInline(String name) {
    return new AwsException(
        "NoSuchEntity", 404, "The role policy with name %s cannot be found.".formatted(name));
  }

  private static AwsException conflict(String message) {
    return new AwsException("DeleteConflict", 409, message);
  }
}
