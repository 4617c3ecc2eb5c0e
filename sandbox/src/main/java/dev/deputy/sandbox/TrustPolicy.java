package dev.deputy.sandbox;

import dev.deputy.iam.NamedPolicy;
import dev.deputy.iam.PolicyDocument;
import dev.deputy.iam.PolicyKind;
import dev.deputy.iam.PolicySyntaxException;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may assume a role. As in AWS, a role named as principal must exist and is kept by its unique
 * id: when it is deleted and created again, the trust stays dead.
 *
 * @param stored the document with unique ids in place of the ARNs of roles
 */
record TrustPolicy(String stored) {
  private static final String ROLE_ID = "AROA[A-Z2-7]{17}";

  /**
   * Understands an uploaded document.
   *
   * @throws AwsException when it is malformed or names a role that does not exist
   */
  static TrustPolicy of(String text, Directory directory) {
    try {
      PolicyDocument.parse(text, PolicyKind.TRUST);
    } catch (PolicySyntaxException e) {
      throw AwsException.of(
          "MalformedPolicyDocument", "Syntax errors in policy: " + e.getMessage());
    }
    return new TrustPolicy(
        mapped(
            text,
            principal -> {
              if (!principal.matches("arn:aws:iam::\\d{12}:role/.+")) {
                return Optional.of(principal);
              }
              return Optional.of(
                  directory
                      .roleByArn(principal)
                      .orElseThrow(() -> invalidPrincipal(principal))
                      .name()
                      .id());
            }));
  }

  private static AwsException invalidPrincipal(String principal) {
    return AwsException.of(
        "MalformedPolicyDocument",
        "Invalid principal in policy: \"AWS\":\"%s\"".formatted(principal));
  }

  /** The document as AWS shows it: with ARNs, and with the bare id of a role that is gone. */
  String shown(Directory directory) {
    return mapped(
        stored,
        principal -> Optional.of(directory.roleById(principal).map(Role::arn).orElse(principal)));
  }

  /** The policy that holds now; absent when everybody whom it trusts is gone. */
  Optional<NamedPolicy> effective(Role role, Directory directory) {
    String text =
        mapped(
            stored,
            principal ->
                principal.matches(ROLE_ID)
                    ? directory.roleById(principal).map(Role::arn)
                    : Optional.of(principal));
    if (JsonMapper.shared().readTree(text).path("Statement").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new NamedPolicy(role.name().name(), PolicyDocument.parse(text, PolicyKind.TRUST)));
  }

  /** The document with its AWS principals mapped; statements that lose all of them go. */
  private static String mapped(String text, Function<String, Optional<String>> mapping) {
    ObjectNode document = (ObjectNode) JsonMapper.shared().readTree(text);
    ArrayNode statements = JsonNodeFactory.instance.arrayNode();
    for (JsonNode statement : list(document.get("Statement"))) {
      JsonNode aws = statement.path("Principal").path("AWS");
      if (aws.isMissingNode()) {
        statements.add(statement);
        continue;
      }
      ArrayNode kept = JsonNodeFactory.instance.arrayNode();
      list(aws).forEach(one -> mapping.apply(one.asString()).ifPresent(kept::add));
      ObjectNode principal = (ObjectNode) statement.get("Principal");
      if (kept.isEmpty()) {
        principal.remove("AWS");
      } else {
        principal.set("AWS", kept.size() == 1 ? kept.get(0) : kept);
      }
      if (!principal.isEmpty()) {
        statements.add(statement);
      }
    }
    document.set("Statement", statements);
    return document.toString();
  }

  private static ArrayNode list(JsonNode value) {
    return value instanceof ArrayNode array
        ? array
        : JsonNodeFactory.instance.arrayNode().add(value);
  }
}
