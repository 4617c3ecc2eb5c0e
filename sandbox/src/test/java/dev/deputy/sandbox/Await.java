package dev.deputy.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what is on its way. */
final class Await {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);
  private static final Duration BETWEEN = Duration.ofMillis(10);

  private Await() {}

  /** The first value that is as expected. */
  static <T> T until(Supplier<T> value, Predicate<T> expected) {
    Instant end = Instant.now().plus(LONG_ENOUGH);
    while (true) {
      T now = value.get();
      if (expected.test(now)) {
        return now;
      }
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("still " + now);
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }
}
