package dev.deputy.fleet;

import java.time.Duration;
import java.util.Optional;

/**
 * One step on the way from an agent's own AWS identity to the one that a script has there. It is
 * the agent that takes it: no credential of a role ever comes to the controller.
 */
public sealed interface AwsIdentity {
  /** The shortest session that AWS gives. */
  Duration SHORTEST = Duration.ofMinutes(15);

  /** The longest session that AWS gives. */
  Duration LONGEST = Duration.ofHours(12);

  /**
   * Assumes a role with the credentials so far, and again before a session ends.
   *
   * @param block the step around the block that has it; sessions are shared within the block
   * @param duration of one session, from {@link #SHORTEST} to {@link #LONGEST}
   */
  record Role(
      int block,
      String arn,
      String sessionName,
      Optional<String> externalId,
      Optional<String> policy,
      Duration duration)
      implements AwsIdentity {}

  /** Goes on with these keys, whatever came before. Secret. */
  record Keys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken)
      implements AwsIdentity {
    @Override
    public String toString() {
      return "Keys[accessKeyId=" + accessKeyId + "]";
    }
  }
}
