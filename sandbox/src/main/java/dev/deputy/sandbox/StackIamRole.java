package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.document;
import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;
import static dev.deputy.sandbox.Shape.whole;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code AWS::IAM::Role}. */
final class StackIamRole implements StackResourceType {
  /** Tags as IAM's resources have them. */
  static final Shape TAGS = list(structure(need("Key", text()), need("Value", text())));

  private static final Shape.Structure PROPERTIES =
      structure(
          need("AssumeRolePolicyDocument", document()),
          may("Description", text()),
          may("ManagedPolicyArns", list(text())),
          may("MaxSessionDuration", whole(3600, 43_200)),
          may("Path", text()),
          may("PermissionsBoundary", text()),
          may(
              "Policies",
              list(structure(need("PolicyName", text()), need("PolicyDocument", document())))),
          may("RoleName", text()),
          may("Tags", TAGS));

  @Override
  public String name() {
    return "AWS::IAM::Role";
  }

  @Override
  public Shape.Structure properties() {
    return PROPERTIES;
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Arn", "RoleId");
  }

  @Override
  public Set<String> updatable() {
    Set<String> names = new LinkedHashSet<>(PROPERTIES.fields().keySet());
    names.removeAll(Set.of("RoleName", "Path"));
    return names;
  }

  @Override
  public Optional<String> nameProperty() {
    return Optional.of("RoleName");
  }

  @Override
  public boolean isIam() {
    return true;
  }

  @Override
  public Made create(StackContext context, String logicalId, Parameters properties) {
    ObjectNode request = Call.object();
    String name =
        properties.optionalText("RoleName").orElseGet(() -> context.generatedName(logicalId, 64));
    request.put("RoleName", name);
    request.put("AssumeRolePolicyDocument", documentText(properties, "AssumeRolePolicyDocument"));
    for (String same :
        List.of("Description", "Path", "PermissionsBoundary", "MaxSessionDuration")) {
      if (properties.has(same)) {
        request.set(same, properties.node().get(same));
      }
    }
    StackContext.putTags(request, "Tags", "Key", "Value", tags(context, properties));
    JsonNode role = context.invoke("iam", "CreateRole", request).get("Role");
    Made made =
        new Made(
            name,
            Map.of("Arn", role.get("Arn").asString(), "RoleId", role.get("RoleId").asString()));
    try {
      policies(properties).forEach((policy, text) -> put(context, name, policy, text));
      properties.texts("ManagedPolicyArns").forEach(arn -> attach(context, name, arn));
    } catch (AwsException refusal) {
      delete(context, made, properties);
      throw refusal;
    }
    return made;
  }

  private static Map<String, String> tags(StackContext context, Parameters properties) {
    return context.tagsWith(Call.tags(properties.list("Tags"), "Key", "Value"));
  }

  /** A policy document as text. */
  static String documentText(Parameters properties, String name) {
    JsonNode document = properties.node().path(name);
    return document.isString() ? document.stringValue() : document.toString();
  }

  private static Map<String, String> policies(Parameters properties) {
    Map<String, String> policies = new LinkedHashMap<>();
    properties
        .list("Policies")
        .forEach(policy ->
            policies.put(policy.text("PolicyName"), documentText(policy, "PolicyDocument")));
    return policies;
  }

  private static ObjectNode role(String name) {
    return Call.object().put("RoleName", name);
  }

  /** Embeds a policy in a role. */
  static void put(StackContext context, String role, String policy, String document) {
    context.invoke(
        "iam",
        "PutRolePolicy",
        role(role).put("PolicyName", policy).put("PolicyDocument", document));
  }

  /** Removes an embedded policy from a role. */
  static void remove(StackContext context, String role, String policy) {
    context.invoke("iam", "DeleteRolePolicy", role(role).put("PolicyName", policy));
  }

  /** Attaches a managed policy to a role. */
  static void attach(StackContext context, String role, String policyArn) {
    context.invoke("iam", "AttachRolePolicy", role(role).put("PolicyArn", policyArn));
  }

  /** Detaches a managed policy from a role. */
  static void detach(StackContext context, String role, String policyArn) {
    context.invoke("iam", "DetachRolePolicy", role(role).put("PolicyArn", policyArn));
  }

  @Override
  public Made update(StackContext context, Made made, Parameters before, Parameters after) {
    String name = made.physicalId();
    context.invoke(
        "iam",
        "UpdateAssumeRolePolicy",
        role(name).put("PolicyDocument", documentText(after, "AssumeRolePolicyDocument")));
    context.invoke(
        "iam",
        "UpdateRole",
        role(name)
            .put("Description", after.text("Description", ""))
            .put("MaxSessionDuration", after.whole("MaxSessionDuration", 3600)));
    updateBoundary(context, name, before, after);
    Map<String, String> policies = policies(after);
    policies.forEach((policy, text) -> put(context, name, policy, text));
    gone(policies(before).keySet(), policies.keySet()).forEach(p -> remove(context, name, p));
    Set<String> attached = new LinkedHashSet<>(after.texts("ManagedPolicyArns"));
    Set<String> wasAttached = new LinkedHashSet<>(before.texts("ManagedPolicyArns"));
    gone(attached, wasAttached).forEach(arn -> attach(context, name, arn));
    gone(wasAttached, attached).forEach(arn -> detach(context, name, arn));
    updateTags(context, name, before, after);
    return made;
  }

  private static void updateBoundary(
      StackContext context, String name, Parameters before, Parameters after) {
    Optional<String> boundary = after.optionalText("PermissionsBoundary");
    if (boundary.isPresent()) {
      context.invoke(
          "iam",
          "PutRolePermissionsBoundary",
          role(name).put("PermissionsBoundary", boundary.get()));
    } else if (before.has("PermissionsBoundary")) {
      context.invoke("iam", "DeleteRolePermissionsBoundary", role(name));
    }
  }

  private static void updateTags(
      StackContext context, String name, Parameters before, Parameters after) {
    Map<String, String> tags = tags(context, after);
    if (!tags.isEmpty()) {
      ObjectNode request = role(name);
      StackContext.putTags(request, "Tags", "Key", "Value", tags);
      context.invoke("iam", "TagRole", request);
    }
    Set<String> gone = gone(tags(context, before).keySet(), tags.keySet());
    if (!gone.isEmpty()) {
      ObjectNode request = role(name);
      ArrayNode keys = request.putArray("TagKeys");
      gone.forEach(keys::add);
      context.invoke("iam", "UntagRole", request);
    }
  }

  /** What is in the first but not in the second. */
  static Set<String> gone(Set<String> before, Set<String> after) {
    Set<String> gone = new LinkedHashSet<>(before);
    gone.removeAll(after);
    return gone;
  }

  @Override
  public void delete(StackContext context, Made made, Parameters properties) {
    String name = made.physicalId();
    JsonNode inline = context.invoke("iam", "ListRolePolicies", role(name)).path("PolicyNames");
    inline.forEach(policy -> remove(context, name, policy.asString()));
    JsonNode attached =
        context.invoke("iam", "ListAttachedRolePolicies", role(name)).path("AttachedPolicies");
    attached.forEach(policy -> detach(context, name, policy.path("PolicyArn").asString()));
    context.invoke("iam", "DeleteRole", role(name));
  }
}
