package dev.deputy.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/** When to try again to connect: at longer and longer, uneven intervals, and not for ever. */
final class Reconnection {
  private static final long FIRST_MILLIS = 200;
  private static final int MAX_DOUBLINGS = 7;

  private final Duration patience;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private Instant connected;
  private int failures;

  Reconnection(Duration patience, InstantSource clock, Sleeper sleeper) {
    this.patience = patience;
    this.clock = clock;
    this.sleeper = sleeper;
    this.connected = clock.instant();
  }

  /** Waits. */
  interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  /** It has taken too long. */
  static final class GivenUpException extends Exception {
    GivenUpException(String message) {
      super(message);
    }
  }

  /** The connection is established. */
  void succeeded() {
    failures = 0;
  }

  /** The established connection has been lost just now. */
  void lost() {
    connected = clock.instant();
  }

  /**
   * Waits before the next attempt.
   *
   * @throws GivenUpException where the last connection is too long ago
   */
  void pause() throws GivenUpException, InterruptedException {
    Duration left = patience.minus(Duration.between(connected, clock.instant()));
    if (left.isNegative() || left.isZero()) {
      throw new GivenUpException("no connection for " + patience.toSeconds() + " s");
    }
    long millis = FIRST_MILLIS << Math.min(failures++, MAX_DOUBLINGS);
    Duration pause =
        Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    sleeper.sleep(pause.compareTo(left) < 0 ? pause : left);
  }
}
