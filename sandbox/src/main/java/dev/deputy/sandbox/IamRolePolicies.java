package dev.deputy.sandbox;

import static dev.deputy.sandbox.IamShapes.DOCUMENT;
import static dev.deputy.sandbox.IamShapes.MARKER;
import static dev.deputy.sandbox.IamShapes.MAX_ITEMS;
import static dev.deputy.sandbox.IamShapes.POLICY_NAME;
import static dev.deputy.sandbox.IamShapes.ROLE;
import static dev.deputy.sandbox.Shape.structure;

import dev.deputy.sandbox.Role.StoredPolicy;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** IAM's policies that are embedded in a role. */
final class IamRolePolicies {
  private static final int INLINE_QUOTA = 10240;

  private final Directory directory;

  IamRolePolicies(Directory directory) {
    this.directory = directory;
  }

  List<Action> actions() {
    return List.of(
        Action.write(
            "PutRolePolicy",
            structure(ROLE, POLICY_NAME, DOCUMENT),
            call -> IamAccess.bounded(directory, call, "iam:PutRolePolicy"),
            this::putInline),
        Action.read(
            "GetRolePolicy",
            structure(ROLE, POLICY_NAME),
            call -> IamAccess.onRole(directory, call, "iam:GetRolePolicy"),
            this::getInline),
        Action.write(
            "DeleteRolePolicy",
            structure(ROLE, POLICY_NAME),
            call -> IamAccess.bounded(directory, call, "iam:DeleteRolePolicy"),
            this::deleteInline),
        Action.read(
            "ListRolePolicies",
            structure(ROLE, MARKER, MAX_ITEMS),
            call -> IamAccess.onRole(directory, call, "iam:ListRolePolicies"),
            this::listInline));
  }

  private ObjectNode putInline(Call call) {
    Parameters p = call.parameters();
    StoredPolicy policy = IamRules.identityPolicy(p.text("PolicyName"), p.text("PolicyDocument"));
    change(
        call,
        role -> {
          Role changed = role.withInline(policy);
          int size =
              changed.inline().values().stream()
                  .mapToInt(stored -> IamRules.sizeWithoutBlanks(stored.text()))
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
    Page<String> page = IamRules.page(call, names, name -> name);
    ArrayNode list = IamViews.list();
    page.items().forEach(list::add);
    return IamViews.page("PolicyNames", list, page.next());
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

  private static AwsException noInline(String name) {
    return new AwsException(
        "NoSuchEntity", 404, "The role policy with name %s cannot be found.".formatted(name));
  }
}
