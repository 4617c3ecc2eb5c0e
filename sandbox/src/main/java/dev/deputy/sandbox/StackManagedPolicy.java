package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.document;
import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code AWS::IAM::ManagedPolicy}; a changed document is a new version of the policy. */
final class StackManagedPolicy implements StackResourceType {
  private static final Shape.Structure PROPERTIES =
      structure(
          may("Description", text()),
          may("ManagedPolicyName", text()),
          may("Path", text()),
          need("PolicyDocument", document()),
          may("Roles", list(text())));

  @Override
  public String name() {
    return "AWS::IAM::ManagedPolicy";
  }

  @Override
  public Shape.Structure properties() {
    return PROPERTIES;
  }

  @Override
  public Set<String> attributes() {
    return Set.of("PolicyArn", "PolicyId");
  }

  @Override
  public Set<String> updatable() {
    return Set.of("PolicyDocument", "Roles");
  }

  @Override
  public Optional<String> nameProperty() {
    return Optional.of("ManagedPolicyName");
  }

  @Override
  public boolean isIam() {
    return true;
  }

  @Override
  public Made create(StackContext context, String logicalId, Parameters properties) {
    ObjectNode request = Call.object();
    request.put(
        "PolicyName",
        properties
            .optionalText("ManagedPolicyName")
            .orElseGet(() -> context.generatedName(logicalId, 128)));
    request.put("PolicyDocument", StackIamRole.documentText(properties, "PolicyDocument"));
    for (String same : List.of("Description", "Path")) {
      properties.optionalText(same).ifPresent(value -> request.put(same, value));
    }
    JsonNode policy = context.invoke("iam", "CreatePolicy", request).get("Policy");
    String arn = policy.get("Arn").asString();
    Made made =
        new Made(arn, Map.of("PolicyArn", arn, "PolicyId", policy.get("PolicyId").asString()));
    Set<String> attached = new LinkedHashSet<>();
    try {
      for (String role : properties.texts("Roles")) {
        StackIamRole.attach(context, role, arn);
        attached.add(role);
      }
    } catch (AwsException refusal) {
      remove(context, arn, attached);
      throw refusal;
    }
    return made;
  }

  @Override
  public Made update(StackContext context, Made made, Parameters before, Parameters after) {
    String document = StackIamRole.documentText(after, "PolicyDocument");
    if (!document.equals(StackIamRole.documentText(before, "PolicyDocument"))) {
      follow(context, made.physicalId(), document);
    }
    Set<String> roles = new LinkedHashSet<>(after.texts("Roles"));
    Set<String> old = new LinkedHashSet<>(before.texts("Roles"));
    StackIamRole.gone(roles, old)
        .forEach(role -> StackIamRole.attach(context, role, made.physicalId()));
    StackIamRole.gone(old, roles)
        .forEach(role -> StackIamRole.detach(context, role, made.physicalId()));
    return made;
  }

  /** Makes room first: the number of versions is limited. */
  private static void follow(StackContext context, String arn, String document) {
    removeOldVersions(context, arn);
    context.invoke(
        "iam",
        "CreatePolicyVersion",
        Call.object()
            .put("PolicyArn", arn)
            .put("PolicyDocument", document)
            .put("SetAsDefault", true));
  }

  private static void removeOldVersions(StackContext context, String arn) {
    JsonNode versions =
        context
            .invoke("iam", "ListPolicyVersions", Call.object().put("PolicyArn", arn))
            .path("Versions");
    for (JsonNode version : versions) {
      if (!version.path("IsDefaultVersion").asBoolean()) {
        context.invoke(
            "iam",
            "DeletePolicyVersion",
            Call.object()
                .put("PolicyArn", arn)
                .put("VersionId", version.path("VersionId").asString()));
      }
    }
  }

  @Override
  public void delete(StackContext context, Made made, Parameters properties) {
    remove(context, made.physicalId(), Set.copyOf(properties.texts("Roles")));
  }

  private static void remove(StackContext context, String arn, Set<String> roles) {
    roles.forEach(role -> StackIamRole.detach(context, role, arn));
    removeOldVersions(context, arn);
    context.invoke("iam", "DeletePolicy", Call.object().put("PolicyArn", arn));
  }
}
