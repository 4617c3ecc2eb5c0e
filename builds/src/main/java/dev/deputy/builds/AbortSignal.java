package dev.deputy.builds;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks one build to end. The first call interrupts the steps that run: the build ends ABORTED, its
 * {@code post} conditions run, no new agent is launched. A further call also cuts {@code post}
 * short. Thread-safe and quick: meant to be called from a signal handler.
 */
public final class AbortSignal {
  /** Guards the fields; listeners are called without it. */
  private final ReentrantLock lock = new ReentrantLock();

  private int requests;
  private String by = "";
  private @Nullable Listener listener;

  /**
   * @param by who wants it, for the log and the audit
   */
  public void abort(String by) {
    Listener informed;
    lock.lock();
    try {
      requests++;
      this.by = by;
      informed = listener;
    } finally {
      lock.unlock();
    }
    if (informed != null) {
      informed.aborted(by);
    }
  }

  /** Whether somebody asked. */
  public boolean requested() {
    return count() > 0;
  }

  /** Has the listener told of every request from now on, and of those that were made before. */
  void attach(Listener listener) {
    int before;
    String who;
    lock.lock();
    try {
      this.listener = listener;
      before = requests;
      who = by;
    } finally {
      lock.unlock();
    }
    for (int i = 0; i < before; i++) {
      listener.aborted(who);
    }
  }

  private int count() {
    lock.lock();
    try {
      return requests;
    } finally {
      lock.unlock();
    }
  }

  /** Who has to end the build. */
  @FunctionalInterface
  interface Listener {
    void aborted(String by);
  }
}
