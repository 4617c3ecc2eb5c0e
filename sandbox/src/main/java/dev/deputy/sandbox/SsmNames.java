package dev.deputy.sandbox;

/** The names of parameters. */
final class SsmNames {
  private SsmNames() {}

  /** Insists that a parameter may have this name. */
  static void require(String name) {
    if (!name.matches("[a-zA-Z0-9_.\\-/]+")) {
      throw SsmService.API.invalid(
          "Invalid parameter name. Please use correct syntax for referencing a version/label"
              + "  <name>:<version/label>");
    }
    if (name.contains("/") && (!name.startsWith("/") || name.endsWith("/"))) {
      throw SsmService.API.invalid("Parameter name must be a fully qualified name.");
    }
    if (name.matches("(?i)/?(aws|ssm).*")) {
      throw AwsException.of(
          name.startsWith("/aws") ? "AccessDeniedException" : "ValidationException",
          "No access to reserved parameter name: " + name + ".");
    }
    if (name.chars().filter(c -> c == '/').count() > 15) {
      throw AwsException.of(
          "HierarchyLevelLimitExceededException", "A hierarchy can have a maximum of 15 levels.");
    }
  }

  /** A name without the version or label that selects one. */
  static String plain(String selected) {
    int colon = selected.indexOf(':', selected.startsWith("arn:") ? selected.indexOf('/') : 0);
    return colon < 0 ? selected : selected.substring(0, colon);
  }

  /**
   * What a parameter is called where its ARN was given; the ARN of another account or Region stays
   * as it is.
   */
  static String named(Call call, String given) {
    String own = call.arn("parameter/");
    if (!given.startsWith(own)) {
      return given;
    }
    String rest = given.substring(own.length());
    return rest.contains("/") ? "/" + rest : rest;
  }

  static String arn(Call call, String name) {
    if (name.startsWith("arn:")) {
      return name;
    }
    return call.arn("parameter" + (name.startsWith("/") ? name : "/" + name));
  }
}
