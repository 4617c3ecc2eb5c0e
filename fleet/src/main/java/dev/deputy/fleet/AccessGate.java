package dev.deputy.fleet;

import dev.deputy.core.Launch;
import java.util.Optional;

/** Access, asked again for a launch. Fails closed: an exception is a refusal. */
@FunctionalInterface
public interface AccessGate {
  /** When it is asked. */
  enum Moment {
    LAUNCH,
    ASSIGNMENT,
    CREDENTIALS
  }

  /** Empty when granted, else the reason in words. The asked party audits its answer. */
  Optional<String> refusal(Launch launch, Moment moment);
}
