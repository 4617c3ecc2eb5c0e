package dev.deputy.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The right to run pipeline code of one build. There is one, and two lines for it: that of branches
 * which begin or join, and that of waits which ended. Each gets it in the order in which it lined
 * up, and the second line only while the first is empty. So it is the order in which waits ended,
 * and nothing else of what the machine does, that decides how a run goes.
 */
final class Baton {
  /** A place in the line. */
  final class Turn {
    private final Condition granted = lock.newCondition();
  }

  /** Guards the lines. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Deque<Turn> runnable = new ArrayDeque<>();
  private final Deque<Turn> ended = new ArrayDeque<>();
  private boolean held;

  /**
   * Takes the next place among the branches that can run, for whichever thread will {@link #take}
   * it. To be called with the baton. Never blocks.
   */
  Turn lineUp() {
    return lineUp(runnable);
  }

  /** Takes the next place among the waits that ended. Never blocks. */
  Turn lineUpEnded() {
    return lineUp(ended);
  }

  private Turn lineUp(Deque<Turn> line) {
    lock.lock();
    try {
      Turn turn = new Turn();
      line.add(turn);
      return turn;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it is this turn; not interruptible, as the wait is short. */
  void take(Turn turn) {
    lock.lock();
    try {
      while (held || next() != turn) {
        turn.granted.awaitUninterruptibly();
      }
      (runnable.isEmpty() ? ended : runnable).remove();
      held = true;
    } finally {
      lock.unlock();
    }
  }

  /** Gives the baton to the next in line. */
  void pass() {
    lock.lock();
    try {
      held = false;
      Turn next = next();
      if (next != null) {
        next.granted.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Turn next() {
    return runnable.isEmpty() ? ended.peek() : runnable.peek();
  }
}
