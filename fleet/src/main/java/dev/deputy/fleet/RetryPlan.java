package dev.deputy.fleet;

import dev.deputy.core.FailureClass;
import java.time.Duration;

/**
 * When to call RunTask again after it was refused: exponential back-off with jitter, for what
 * waiting can help with, up to a limit. Being throttled has none: it says "later", not "no".
 *
 * @param first the longest first pause
 * @param longest the longest of all
 * @param limit for how long in all
 */
public record RetryPlan(Duration first, Duration longest, Duration limit) {
  /** What to do. */
  sealed interface Next {
    record Again(Duration pause) implements Next {}

    record GiveUp() implements Next {}
  }

  /**
   * Decides.
   *
   * @param attempt how many calls were made, from 1
   * @param waited since the first refusal that was not for throttling
   * @param random from 0 (inclusive) to 1 (exclusive)
   */
  Next after(FailureClass kind, int attempt, Duration waited, double random) {
    return switch (kind) {
      case THROTTLED -> new Next.Again(pause(attempt, random));
      case CAPACITY, TRANSIENT ->
          waited.compareTo(limit) < 0 ? new Next.Again(pause(attempt, random)) : new Next.GiveUp();
      case MISCONFIGURED, ACCESS, IMAGE_PULL, TASK_DIED, IDENTITY, TIMEOUT, CANCELLED, UNKNOWN ->
          new Next.GiveUp();
    };
  }

  /** Between half of the exponential pause and all of it. */
  Duration pause(int attempt, double random) {
    long doubled = first.toMillis() << Math.min(attempt - 1, 20);
    long most = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis((long) (most * (0.5 + random / 2)));
  }
}
