package dev.deputy.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time, and the only way in which those who are given it wait for it to pass. Thread-safe. */
public interface Timekeeper extends InstantSource {
  /** Returns after {@code duration}; at once where it is zero or negative. */
  void sleep(Duration duration) throws InterruptedException;

  /** The machine's own time. */
  static Timekeeper system() {
    return new Timekeeper() {
      @Override
      public Instant instant() {
        return InstantSource.system().instant();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
      }
    };
  }
}
