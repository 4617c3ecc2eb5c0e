package dev.deputy.iam;

/**
 * A statement and the policy that it stands in.
 *
 * @param layer what kind of policy it is
 * @param policy the policy's name
 * @param statement the statement itself
 */
public record StatementRef(Layer layer, String policy, Statement statement) {

  /** The reference in words, for example: statement "Assume" (line 4) of role trust policy x. */
  public String describe() {
    return statement.describe() + " of " + layer.label() + " " + policy;
  }
}
