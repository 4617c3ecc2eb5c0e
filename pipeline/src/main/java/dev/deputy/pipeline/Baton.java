package dev.deputy.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to run pipeline code of one build. There is one; branches line up for it and get it in
 * the order in which they lined up, whatever the machine does.
 */
final class Baton {
  /** A place in the line. */
  final class Turn {
    private final Condition granted = lock.newCondition();
  }

  /** Guards the line. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Deque<Turn> line = new ArrayDeque<>();
  private boolean held;

  /** Takes the next place in the line, for whichever thread will {@link #take} it. Never blocks. */
  Turn lineUp() {
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
      while (held || line.peek() != turn) {
        turn.granted.awaitUninterruptibly();
      }
      line.remove();
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
      Turn next = line.peek();
      if (next != null) {
        next.granted.signal();
      }
    } finally {
      lock.unlock();
    }
  }
}
