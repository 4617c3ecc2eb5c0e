package dev.deputy.iam;

import java.util.Optional;

/**
 * An Amazon Resource Name, {@code arn:partition:service:region:account:resource}. Region and
 * account are empty strings where the resource has none; the resource keeps its own colons and
 * slashes.
 */
public record Arn(
    String partition, String service, String region, String account, String resource) {

  private static final int FIELDS = 6;
  private static final int ACCOUNT_DIGITS = 12;

  /**
   * Checks that the fields form an ARN.
   *
   * @throws IllegalArgumentException if partition, service or resource is empty, or if another
   *     field than the resource holds a colon
   */
  public Arn {
    if (partition.isEmpty() || service.isEmpty() || resource.isEmpty()) {
      throw new IllegalArgumentException(
          "arn: partition, service and resource must not be empty: "
              + join(partition, service, region, account, resource));
    }
    if ((partition + service + region + account).indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "arn: only the resource may hold a colon: "
              + join(partition, service, region, account, resource));
    }
  }

  /**
   * Reads an ARN.
   *
   * @throws IllegalArgumentException if the text is not an ARN
   */
  public static Arn parse(String text) {
    return find(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "arn: " + text + " (expected: arn:partition:service:region:account:resource)"));
  }

  /** Reads an ARN, or answers empty if the text is not one. */
  public static Optional<Arn> find(String text) {
    String[] fields = text.split(":", FIELDS);
    if (fields.length < FIELDS
        || !fields[0].equals("arn")
        || fields[1].isEmpty()
        || fields[2].isEmpty()
        || fields[5].isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Arn(fields[1], fields[2], fields[3], fields[4], fields[5]));
  }

  /** Whether this names an IAM role, whatever its path. */
  public boolean isRole() {
    return service.equals("iam") && resource.startsWith("role/");
  }

  static boolean isAccountId(String text) {
    return text.length() == ACCOUNT_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The ARN in its usual form. */
  @Override
  public String toString() {
    return join(partition, service, region, account, resource);
  }

  private static String join(
      String partition, String service, String region, String account, String resource) {
    return String.join(":", "arn", partition, service, region, account, resource);
  }
}
