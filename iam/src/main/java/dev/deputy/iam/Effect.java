package dev.deputy.iam;

/** What a statement does to the requests that it matches. */
public enum Effect {
  /** Allows them, unless another statement denies them. */
  ALLOW,
  /** Denies them, whatever else allows them. */
  DENY
}
