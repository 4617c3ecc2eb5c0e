package dev.deputy.fleet;

import dev.deputy.core.Launch;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Access, where a failure to decide is a refusal. */
record FailClosedGate(AccessGate gate) implements AccessGate {
  private static final Logger log = LoggerFactory.getLogger(FailClosedGate.class);

  @Override
  public Optional<String> refusal(Launch launch, Moment moment) {
    try {
      return gate.refusal(launch, moment);
    } catch (RuntimeException e) {
      log.error("access could not be decided for launch {} at {}", launch.id(), moment, e);
      return Optional.of("access could not be decided; see the controller's log");
    }
  }
}
