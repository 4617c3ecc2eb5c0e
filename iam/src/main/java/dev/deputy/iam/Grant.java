package dev.deputy.iam;

/**
 * How directly a {@code Principal} element speaks of a principal. It decides which implicit denies
 * of other policies still limit an {@code Allow} of a resource-based policy in the same account.
 */
enum Grant {
  /** Not at all. */
  NONE,
  /** The account: it only delegates, so an identity-based policy must allow as well. */
  ACCOUNT,
  /** The role of a session: limited by permissions boundary and session policies. */
  ROLE,
  /** The principal itself, or everybody: not limited by implicit denies. */
  DIRECT
}
