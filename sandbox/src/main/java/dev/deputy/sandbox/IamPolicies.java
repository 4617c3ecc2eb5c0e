package dev.deputy.sandbox;

import static dev.deputy.sandbox.IamShapes.DESCRIPTION;
import static dev.deputy.sandbox.IamShapes.DOCUMENT;
import static dev.deputy.sandbox.IamShapes.MARKER;
import static dev.deputy.sandbox.IamShapes.MAX_ITEMS;
import static dev.deputy.sandbox.IamShapes.PATH;
import static dev.deputy.sandbox.IamShapes.PATH_PREFIX;
import static dev.deputy.sandbox.IamShapes.POLICY_ARN;
import static dev.deputy.sandbox.IamShapes.POLICY_NAME;
import static dev.deputy.sandbox.IamShapes.ROLE;
import static dev.deputy.sandbox.IamShapes.TAGS;
import static dev.deputy.sandbox.Shape.structure;

import dev.deputy.sandbox.Role.StoredPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** IAM's managed policies and their attachment to roles. */
final class IamPolicies {
  private static final int ATTACHED_QUOTA = 10;

  private final Directory directory;

  IamPolicies(Directory directory) {
    this.directory = directory;
  }

  List<Action> actions() {
    return List.of(
        Action.write(
            "CreatePolicy",
            structure(POLICY_NAME, DOCUMENT, PATH, DESCRIPTION, TAGS),
            call -> Permission.of("iam:CreatePolicy", newArn(call)).withRequestTags(tags(call)),
            this::createPolicy),
        Action.read(
            "GetPolicy",
            structure(POLICY_ARN),
            call -> onPolicy(call, "iam:GetPolicy"),
            this::getPolicy),
        Action.write(
            "DeletePolicy",
            structure(POLICY_ARN),
            call -> onPolicy(call, "iam:DeletePolicy"),
            this::deletePolicy),
        Action.write(
            "AttachRolePolicy",
            structure(ROLE, POLICY_ARN),
            call -> attaching(call, "iam:AttachRolePolicy"),
            this::attach),
        Action.write(
            "DetachRolePolicy",
            structure(ROLE, POLICY_ARN),
            call -> attaching(call, "iam:DetachRolePolicy"),
            this::detach),
        Action.read(
            "ListAttachedRolePolicies",
            structure(ROLE, PATH_PREFIX, MARKER, MAX_ITEMS),
            call -> IamAccess.onRole(directory, call, "iam:ListAttachedRolePolicies"),
            this::listAttached));
  }

  private Permission attaching(Call call, String action) {
    return IamAccess.bounded(directory, call, action)
        .with("iam:PolicyARN", call.parameters().text("PolicyArn"));
  }

  private Permission onPolicy(Call call, String action) {
    return IamAccess.onPolicy(directory, call, action);
  }

  private ObjectNode createPolicy(Call call) {
    Parameters p = call.parameters();
    String text = p.text("PolicyDocument");
    StoredPolicy policy = IamRules.managedPolicy(p.text("PolicyName"), text);
    var managed =
        new ManagedPolicy(
            newArn(call),
            call.account(),
            p.text("Path", "/"),
            p.text("PolicyName"),
            Ids.unique("ANPA", 17),
            p.text("Description", ""),
            List.of(new ManagedPolicy.Version(1, call.time(), policy)),
            1,
            tags(call));
    if (!directory.add(managed)) {
      throw new AwsException(
          "EntityAlreadyExists",
          409,
          "A policy called %s already exists. Duplicate names are not allowed."
              .formatted(managed.name()));
    }
    call.touches("AWS::IAM::Policy", managed.arn());
    return Call.object().set("Policy", IamViews.policy(managed, directory));
  }

  private ObjectNode getPolicy(Call call) {
    return Call.object().set("Policy", IamViews.policy(policy(call), directory));
  }

  private ObjectNode deletePolicy(Call call) {
    ManagedPolicy policy = policy(call);
    if (policy.account().equals("aws")) {
      throw new AwsException("AccessDenied", 403, "AWS managed policies cannot be deleted.");
    }
    if (policy.versions().size() > 1) {
      throw new AwsException(
          "DeleteConflict",
          409,
          "This policy has more than one version. Before you delete a policy, you must delete the"
              + " policy's versions. The default version is deleted with the policy.");
    }
    if (!directory.removePolicy(policy.arn())) {
      throw new AwsException("DeleteConflict", 409, "Cannot delete a policy attached to entities.");
    }
    call.touches("AWS::IAM::Policy", policy.arn());
    return Call.object();
  }

  private ObjectNode attach(Call call) {
    String arn = call.parameters().text("PolicyArn");
    change(
        call,
        role -> {
          IamRules.requirePolicy(directory, call, arn);
          Role changed = role.withAttached(arn);
          if (changed.attached().size() > ATTACHED_QUOTA) {
            throw IamRules.limit("PoliciesPerRole", ATTACHED_QUOTA);
          }
          return changed;
        });
    return Call.object();
  }

  private ObjectNode detach(Call call) {
    String arn = call.parameters().text("PolicyArn");
    change(
        call,
        role -> {
          if (!role.attached().contains(arn)) {
            throw new AwsException("NoSuchEntity", 404, "Policy %s was not found.".formatted(arn));
          }
          return role.withoutAttached(arn);
        });
    return Call.object();
  }

  private ObjectNode listAttached(Call call) {
    String name = call.parameters().text("RoleName");
    String prefix = call.parameters().text("PathPrefix", "/");
    Role role = directory.role(call.account(), name).orElseThrow(() -> IamRules.noRole(name));
    List<ManagedPolicy> attached = new ArrayList<>();
    role.attached().forEach(arn -> directory.policy(arn).ifPresent(attached::add));
    attached.removeIf(policy -> !policy.path().startsWith(prefix));
    attached.sort(Comparator.comparing(ManagedPolicy::arn));
    Page<ManagedPolicy> page = IamRules.page(call, attached, ManagedPolicy::arn);
    ArrayNode list = IamViews.list();
    page.items()
        .forEach(policy ->
            list.addObject().put("PolicyName", policy.name()).put("PolicyArn", policy.arn()));
    return IamViews.page("AttachedPolicies", list, page.next());
  }

  private ManagedPolicy policy(Call call) {
    return IamRules.policy(directory, call);
  }

  private void change(Call call, UnaryOperator<Role> change) {
    String name = call.parameters().text("RoleName");
    Role changed =
        directory.change(call.account(), name, change).orElseThrow(() -> IamRules.noRole(name));
    call.touches("AWS::IAM::Role", changed.arn());
    call.touches("AWS::IAM::Policy", call.parameters().text("PolicyArn"));
  }

  private static String newArn(Call call) {
    return "arn:aws:iam::%s:policy%s%s"
        .formatted(
            call.account(),
            call.parameters().text("Path", "/"),
            call.parameters().text("PolicyName"));
  }

  private static Map<String, String> tags(Call call) {
    return Call.tags(call.parameters().list("Tags"), "Key", "Value");
  }
}
