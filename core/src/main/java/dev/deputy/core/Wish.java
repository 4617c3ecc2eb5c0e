package dev.deputy.core;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody still wants what a call is to do. It is ended from any thread, once; who waits
 * for it before the call then waits no longer. Thread-safe; for one waiting thread at a time.
 */
public final class Wish {
  private final ReentrantLock lock = new ReentrantLock(); // guards ended and waiting
  private boolean ended;
  private @Nullable Thread waiting;

  /** Something that waits. */
  @FunctionalInterface
  public interface Wait {
    /** Waits. */
    void run() throws InterruptedException;
  }

  /** Nobody wants it any more. Idempotent. */
  public void end() {
    lock.lock();
    try {
      ended = true;
      if (waiting != null) {
        waiting.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits, but not beyond the end of the wish. No interrupt of that end reaches anything else.
   *
   * @return false where the wish ended
   */
  public boolean lasts(Wait wait) throws InterruptedException {
    if (!begin()) {
      return false;
    }
    try {
      wait.run();
    } catch (InterruptedException e) {
      if (finish()) {
        throw e;
      }
      return false;
    } catch (RuntimeException | Error e) {
      finish();
      throw e;
    }
    return finish();
  }

  private boolean begin() {
    lock.lock();
    try {
      if (!ended) {
        waiting = Thread.currentThread();
      }
      return !ended;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it has not ended. */
  private boolean finish() {
    lock.lock();
    try {
      waiting = null;
      if (ended) {
        boolean _ = Thread.interrupted();
      }
      return !ended;
    } finally {
      lock.unlock();
    }
  }
}
