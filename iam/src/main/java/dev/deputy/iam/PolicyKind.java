package dev.deputy.iam;

/** Where a policy document is attached, which decides the elements that it may and must have. */
public enum PolicyKind {
  /**
   * Identity-based policies, permissions boundaries and session policies: no principal; {@code
   * Resource} or {@code NotResource} is required.
   */
  IDENTITY,
  /**
   * Resource-based policies: a principal is required; without {@code Resource} a statement is about
   * the resource that the policy is attached to.
   */
  RESOURCE,
  /**
   * Role trust policies: {@code Principal} is required, {@code NotPrincipal}, {@code Resource} and
   * {@code NotResource} are refused, and only STS actions may be named.
   */
  TRUST
}
