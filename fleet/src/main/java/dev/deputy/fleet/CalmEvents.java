package dev.deputy.fleet;

import dev.deputy.core.Launch;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events whose listener cannot disturb the fleet: its failures are logged. */
record CalmEvents(AgentEvents listener) implements AgentEvents {
  private static final Logger log = LoggerFactory.getLogger(CalmEvents.class);

  @Override
  public void launching(Launch launch, String taskArn) {
    calmly(() -> listener.launching(launch, taskArn));
  }

  @Override
  public void waiting(Launch launch, String reason) {
    calmly(() -> listener.waiting(launch, reason));
  }

  @Override
  public void registered(Launch launch, String identityArn, String isolation) {
    calmly(() -> listener.registered(launch, identityArn, isolation));
  }

  @Override
  public void credentialsIssued(
      Launch launch, String roleSessionArn, String accessKeyId, Instant expires) {
    calmly(() -> listener.credentialsIssued(launch, roleSessionArn, accessKeyId, expires));
  }

  private static void calmly(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      log.error("a listener of agent events failed", e);
    }
  }
}
