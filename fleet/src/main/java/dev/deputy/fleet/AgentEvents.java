package dev.deputy.fleet;

import dev.deputy.core.Launch;
import java.time.Instant;

/**
 * What a build hears of its agent, after it was stored. Called from the fleet's threads, never
 * under a lock; must not block.
 */
public interface AgentEvents {
  /** RunTask was accepted. */
  void launching(Launch launch, String taskArn);

  /**
   * Something about the launch that its owner should read now, such as its place in the queue
   * (before the launch is stored) or waiting for capacity with AWS's reason.
   */
  void waiting(Launch launch, String reason);

  /**
   * @param isolation how steps are kept apart from the supervisor, as the agent reports it; {@code
   *     none} where they are not
   */
  void registered(Launch launch, String identityArn, String isolation);

  /** Never carries the secret. */
  void credentialsIssued(Launch launch, String roleSessionArn, String accessKeyId, Instant expires);
}
