package dev.deputy.protocol;

import java.time.Duration;
import java.util.Optional;

/**
 * One step on the way from the agent's own AWS identity to the one that a script has: a list of
 * them is followed from the first to the last, an empty list is the agent's own identity.
 */
public sealed interface StepIdentity {
  /** The shortest session that AWS gives. */
  Duration SHORTEST = Duration.ofMinutes(15);

  /** The longest session that AWS gives. */
  Duration LONGEST = Duration.ofHours(12);

  /**
   * Assumes a role with the credentials so far, again and again for as long as scripts ask.
   *
   * @param block tells one use of the role from the others: sessions are shared within it
   * @param duration how long one session shall live; at most an hour where the credentials so far
   *     are a role's own, because AWS gives no more
   */
  record Role(
      String block,
      String arn,
      String sessionName,
      Optional<String> externalId,
      @Limit(Protocol.MAX_VALUE) Optional<String> policy,
      Duration duration)
      implements StepIdentity {
    public Role {
      if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "duration: " + duration + " (expected: " + SHORTEST + " to " + LONGEST + ")");
      }
    }
  }

  /** Goes on with these credentials, whatever came before. Secret. */
  record Keys(
      String accessKeyId,
      String secretAccessKey,
      @Limit(Protocol.MAX_VALUE) Optional<String> sessionToken)
      implements StepIdentity {
    @Override
    public String toString() {
      return "Keys[accessKeyId=" + accessKeyId + "]";
    }
  }
}
