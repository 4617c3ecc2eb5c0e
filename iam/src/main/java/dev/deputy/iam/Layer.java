package dev.deputy.iam;

/** The kinds of policy that take part in a decision, by the names that AWS gives them. */
public enum Layer {
  /** The policies attached to the user or role. */
  IDENTITY("identity-based policy", "an identity-based policy"),
  /** The permissions boundary of the user or role. */
  BOUNDARY("permissions boundary", "a permissions boundary"),
  /** The policies passed when the session was made. */
  SESSION("session policy", "a session policy"),
  /** The policy attached to the resource. */
  RESOURCE("resource-based policy", "a resource-based policy"),
  /** The policy that says who may assume a role. */
  TRUST("role trust policy", "the role trust policy");

  private final String label;
  private final String withArticle;

  Layer(String label, String withArticle) {
    this.label = label;
    this.withArticle = withArticle;
  }

  /** The name in AWS's documentation and error messages, for example "identity-based policy". */
  public String label() {
    return label;
  }

  /** The name as AWS puts it after "with an explicit deny in". */
  public String withArticle() {
    return withArticle;
  }
}
