package dev.deputy.sandbox;

import dev.deputy.iam.NamedPolicy;
import dev.deputy.iam.PolicyDocument;
import dev.deputy.iam.PolicySyntaxException;
import dev.deputy.sandbox.Role.StoredPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** What all of IAM's actions hold to: documents, quotas, pages, refusals. */
final class IamRules {
  private static final int MANAGED_POLICY_QUOTA = 6144;

  private IamRules() {}

  /** Understands an uploaded identity-based policy. */
  static StoredPolicy identityPolicy(String name, String text) {
    try {
      return new StoredPolicy(text, new NamedPolicy(name, PolicyDocument.parse(text)));
    } catch (PolicySyntaxException e) {
      throw AwsException.of(
          "MalformedPolicyDocument", "Syntax errors in policy: " + e.getMessage());
    }
  }

  /** Understands the document of a managed policy. */
  static StoredPolicy managedPolicy(String name, String text) {
    StoredPolicy policy = identityPolicy(name, text);
    if (sizeWithoutBlanks(text) > MANAGED_POLICY_QUOTA) {
      throw limit("PolicySize", MANAGED_POLICY_QUOTA);
    }
    return policy;
  }

  static <T> Page<T> page(Call call, List<T> sorted, Function<T, String> key) {
    try {
      return Page.of(
          sorted,
          key,
          Comparator.naturalOrder(),
          call.parameters().optionalText("Marker"),
          call.parameters().whole("MaxItems", 100));
    } catch (IllegalArgumentException _) {
      throw AwsException.of("ValidationError", "Invalid Marker.");
    }
  }

  static int sizeWithoutBlanks(String document) {
    return (int) document.chars().filter(c -> !Character.isWhitespace(c)).count();
  }

  static AwsException noRole(String name) {
    return new AwsException(
        "NoSuchEntity", 404, "The role with name %s cannot be found.".formatted(name));
  }

  /** The managed policy that a call names, of the caller's account or of AWS. */
  static ManagedPolicy policy(Directory directory, Call call) {
    String arn = call.parameters().text("PolicyArn");
    return directory
        .policy(arn, call.account())
        .orElseThrow(
            () -> new AwsException("NoSuchEntity", 404, "Policy %s was not found.".formatted(arn)));
  }

  /** Insists that the policy may be attached, or set as boundary, in the caller's account. */
  static void requirePolicy(Directory directory, Call call, String arn) {
    if (directory.policy(arn, call.account()).isEmpty()) {
      throw new AwsException(
          "NoSuchEntity", 404, "Policy %s does not exist or is not attachable.".formatted(arn));
    }
  }

  static AwsException limit(String quota, int limit) {
    return new AwsException(
        "LimitExceeded", 409, "Cannot exceed quota for %s: %d".formatted(quota, limit));
  }
}
