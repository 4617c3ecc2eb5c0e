package dev.deputy.builds;

import dev.deputy.core.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** A time that stands still until a test moves it on; who sleeps wakes up when it is time. */
final class TestTime implements Timekeeper {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final List<Instant> sleepers = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-22T10:00:00Z");

  @Override
  public Instant instant() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    lock.lockInterruptibly();
    Instant end = now.plus(duration);
    sleepers.add(end);
    moved.signalAll();
    try {
      while (now.isBefore(end)) {
        moved.await();
      }
    } finally {
      sleepers.remove(end);
      lock.unlock();
    }
  }

  void advance(Duration by) {
    lock.lock();
    try {
      now = now.plus(by);
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until somebody sleeps. */
  void awaitSleeper() throws InterruptedException {
    awaitSleepers(ends -> !ends.isEmpty());
  }

  /** Waits until somebody sleeps until then. */
  void awaitSleeperUntil(Instant end) throws InterruptedException {
    awaitSleepers(ends -> ends.contains(end));
  }

  private void awaitSleepers(Predicate<List<Instant>> wanted) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!wanted.test(sleepers)) {
        moved.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until somebody sleeps, then moves on to the earliest end. */
  void wakeNext() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (sleepers.isEmpty()) {
        moved.await();
      }
      now = sleepers.stream().min(Instant::compareTo).orElseThrow();
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
