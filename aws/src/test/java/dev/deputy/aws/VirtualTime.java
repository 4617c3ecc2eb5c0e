package dev.deputy.aws;

import dev.deputy.core.Timekeeper;
import dev.deputy.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;

/** Time that passes only while somebody sleeps, and then at once. */
final class VirtualTime implements Timekeeper {
  private final ManualClock clock = new ManualClock();

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    clock.advance(duration);
  }
}
