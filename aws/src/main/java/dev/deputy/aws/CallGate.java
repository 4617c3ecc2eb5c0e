package dev.deputy.aws;

import dev.deputy.core.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands before one action of an API: calls pass one after the other, in the order in which they
 * came, as fast as AWS allows. Thread-safe.
 */
final class CallGate {
  private final Timekeeper time;
  private final ReentrantLock line = new ReentrantLock(true); // held by who is the next to pass
  private final ReentrantLock lock = new ReentrantLock(); // guards bucket
  private TokenBucket bucket;

  CallGate(TokenBucket.Limit limit, Timekeeper time) {
    this.time = time;
    bucket = TokenBucket.full(limit, time.instant());
  }

  /**
   * Waits its turn.
   *
   * @return when it passed
   */
  Instant pass() throws InterruptedException {
    line.lockInterruptibly();
    try {
      while (true) {
        Duration wait = take();
        if (wait.isZero()) {
          return time.instant();
        }
        time.sleep(wait);
      }
    } finally {
      line.unlock();
    }
  }

  /** Takes a token, or says how long there will be none. */
  private Duration take() {
    lock.lock();
    try {
      bucket = bucket.at(time.instant());
      Duration wait = bucket.untilToken();
      bucket = wait.isZero() ? bucket.taken() : bucket;
      return wait;
    } finally {
      lock.unlock();
    }
  }

  /** AWS has refused a call because there were too many. */
  void throttled(Instant passed) {
    lock.lock();
    try {
      bucket = bucket.at(time.instant()).throttled(passed);
    } finally {
      lock.unlock();
    }
  }
}
