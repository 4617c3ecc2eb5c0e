package dev.deputy.sandbox;

import static dev.deputy.sandbox.IamShapes.DOCUMENT;
import static dev.deputy.sandbox.IamShapes.MARKER;
import static dev.deputy.sandbox.IamShapes.MAX_ITEMS;
import static dev.deputy.sandbox.IamShapes.POLICY_ARN;
import static dev.deputy.sandbox.Shape.flag;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;

import dev.deputy.sandbox.Role.StoredPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The versions of IAM's managed policies. */
final class IamPolicyVersions {
  private static final int MOST_VERSIONS = 5;

  private final Directory directory;

  IamPolicyVersions(Directory directory) {
    this.directory = directory;
  }

  List<Action> actions() {
    Shape.Field version = need("VersionId", text(1, 16, "v[1-9][0-9]*"));
    return List.of(
        Action.write(
            "CreatePolicyVersion",
            structure(POLICY_ARN, DOCUMENT, may("SetAsDefault", flag())),
            call -> IamAccess.onPolicy(directory, call, "iam:CreatePolicyVersion"),
            this::create),
        Action.read(
            "GetPolicyVersion",
            structure(POLICY_ARN, version),
            call -> IamAccess.onPolicy(directory, call, "iam:GetPolicyVersion"),
            this::get),
        Action.read(
            "ListPolicyVersions",
            structure(POLICY_ARN, MARKER, MAX_ITEMS),
            call -> IamAccess.onPolicy(directory, call, "iam:ListPolicyVersions"),
            this::list),
        Action.write(
            "SetDefaultPolicyVersion",
            structure(POLICY_ARN, version),
            call -> IamAccess.onPolicy(directory, call, "iam:SetDefaultPolicyVersion"),
            this::setDefault),
        Action.write(
            "DeletePolicyVersion",
            structure(POLICY_ARN, version),
            call -> IamAccess.onPolicy(directory, call, "iam:DeletePolicyVersion"),
            this::delete));
  }

  private ObjectNode create(Call call) {
    boolean asDefault = call.parameters().flag("SetAsDefault", false);
    String text = call.parameters().text("PolicyDocument");
    ManagedPolicy changed =
        change(
            call,
            policy -> {
              StoredPolicy next = IamRules.managedPolicy(policy.name(), text);
              if (policy.versions().size() >= MOST_VERSIONS) {
                throw new AwsException(
                    "LimitExceeded",
                    409,
                    "A managed policy can have up to %d versions. Before you create a new version,"
                            .formatted(MOST_VERSIONS)
                        + " you must delete an existing version.");
              }
              return policy.with(next, call.time(), asDefault);
            });
    ObjectNode answer = Call.object();
    answer.set("PolicyVersion", IamViews.version(changed, changed.versions().getLast()));
    return answer;
  }

  private ObjectNode get(Call call) {
    ManagedPolicy policy = IamRules.policy(directory, call);
    ManagedPolicy.Version version = version(call, policy);
    ObjectNode answer = Call.object();
    answer.set(
        "PolicyVersion",
        IamViews.version(policy, version)
            .put("Document", IamViews.encoded(version.policy().text())));
    return answer;
  }

  private ObjectNode list(Call call) {
    ManagedPolicy policy = IamRules.policy(directory, call);
    List<ManagedPolicy.Version> byId =
        policy.versions().stream().sorted(Comparator.comparing(ManagedPolicy.Version::id)).toList();
    Page<ManagedPolicy.Version> page = IamRules.page(call, byId, ManagedPolicy.Version::id);
    ArrayNode list = IamViews.list();
    page.items().forEach(version -> list.add(IamViews.version(policy, version)));
    return IamViews.page("Versions", list, page.next());
  }

  private ObjectNode setDefault(Call call) {
    change(call, policy -> policy.following(version(call, policy)));
    return Call.object();
  }

  private ObjectNode delete(Call call) {
    change(
        call,
        policy -> {
          ManagedPolicy.Version version = version(call, policy);
          if (version.number() == policy.defaultVersion()) {
            throw new AwsException(
                "DeleteConflict", 409, "Cannot delete the default version of a policy.");
          }
          return policy.without(version);
        });
    return Call.object();
  }

  private ManagedPolicy change(Call call, UnaryOperator<ManagedPolicy> change) {
    ManagedPolicy policy = IamRules.policy(directory, call);
    if (policy.account().equals("aws")) {
      throw new AwsException("AccessDenied", 403, "AWS managed policies cannot be changed.");
    }
    ManagedPolicy changed =
        directory
            .changePolicy(policy.arn(), change)
            .orElseThrow(() ->
                new AwsException(
                    "NoSuchEntity", 404, "Policy %s was not found.".formatted(policy.arn())));
    call.touches("AWS::IAM::Policy", policy.arn());
    return changed;
  }

  private static ManagedPolicy.Version version(Call call, ManagedPolicy policy) {
    String id = call.parameters().text("VersionId");
    return policy
        .version(id)
        .orElseThrow(() ->
            new AwsException(
                "NoSuchEntity",
                404,
                "Policy %s version %s does not exist or is not attachable."
                    .formatted(policy.arn(), id)));
  }
}
