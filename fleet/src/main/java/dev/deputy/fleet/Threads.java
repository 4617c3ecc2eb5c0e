package dev.deputy.fleet;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fleet's threads, all of them virtual. Long-lived ones are {@code fleet-watch}, {@code
 * fleet-pulse} and {@code fleet-reaper}; each launch and each ending has one for as long as it
 * takes. Nobody interrupts them, so no call to the cloud or the store breaks off in the middle.
 */
final class Threads {
  private static final Logger log = LoggerFactory.getLogger(Threads.class);

  private Threads() {}

  static Thread start(String name, Runnable body) {
    return Thread.ofVirtual()
        .name(name)
        .uncaughtExceptionHandler((thread, e) -> log.error("{} ended", thread.getName(), e))
        .start(body);
  }

  /** Waits even when interrupted, and keeps the interrupt for later. */
  static void await(CountDownLatch latch) {
    uninterruptibly(latch::await);
  }

  /**
   * Waits even when interrupted, but not for ever, and keeps the interrupt for later.
   *
   * @return false where the time was over first
   */
  static boolean await(CountDownLatch latch, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    uninterruptibly(() -> latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS));
    return latch.getCount() == 0;
  }

  /** Lets time pass between two tries; false when interrupted, which is kept for later. */
  static boolean pause(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Something that blocks. */
  @FunctionalInterface
  private interface Blocking {
    void run() throws InterruptedException;
  }

  private static void uninterruptibly(Blocking wait) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          wait.run();
          return;
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
