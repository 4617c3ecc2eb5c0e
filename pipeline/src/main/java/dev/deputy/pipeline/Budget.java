package dev.deputy.pipeline;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What one run may still cost. Used by whichever branch holds the baton, hence not synchronised.
 * Counts work, so that a run of the same pipeline over the same answers always gets equally far;
 * time only as a last resort, and never that of steps.
 */
final class Budget {
  /** What {@code finally} and {@code post} get after a budget ran out, once. */
  private static final int RESERVE = 100_000;

  private static final long RESERVE_TIME = Duration.ofSeconds(10).toNanos();

  /** Every so many operations the thread lets others run. */
  private static final int PAUSE = 1 << 14;

  private static final int BYTES_PER_ELEMENT = 16;

  /** The most that one pause counts as, so that nothing that stopped the machine is charged. */
  private static final long MOST_PER_PAUSE = Duration.ofSeconds(5).toNanos();

  private final RunLimits limits;
  private final LongSupplier clock;
  private final BooleanSupplier free;
  private long pureTime;
  private long lastSeen;
  private long operations;
  private long allocation;
  private long output;
  private boolean reserveUsed;
  private int untilPause = PAUSE;

  Budget(RunLimits limits) {
    this(limits, System::nanoTime);
  }

  /**
   * @param clock nanoseconds from any start
   */
  Budget(RunLimits limits, LongSupplier clock) {
    this(limits, clock, () -> false);
  }

  /**
   * @param free whether time costs nothing now
   */
  Budget(RunLimits limits, LongSupplier clock, BooleanSupplier free) {
    this.limits = limits;
    this.clock = clock;
    this.free = free;
    this.pureTime = limits.pureTime().toNanos();
    this.lastSeen = clock.getAsLong();
    this.operations = limits.operations();
    this.allocation = limits.allocation();
    this.output = limits.output();
  }

  RunLimits limits() {
    return limits;
  }

  /** One small piece of work. */
  void operation() {
    operations(1);
  }

  @SuppressWarnings("ThreadPriorityCheck") // fairness among builds on few cores, not correctness
  void operations(long count) {
    operations -= count;
    if (operations < 0) {
      exhausted("it evaluated more than " + limits.operations() + " operations");
    }
    untilPause -= (int) Math.min(count, PAUSE);
    if (untilPause < 0) {
      untilPause = PAUSE;
      passTime();
      Thread.yield();
      resumed();
    }
  }

  private void passTime() {
    if (free.getAsBoolean()) {
      return;
    }
    pureTime -= Math.min(clock.getAsLong() - lastSeen, MOST_PER_PAUSE);
    if (pureTime < 0) {
      exhausted("its own code took longer than " + limits.pureTime().toSeconds() + " seconds");
    }
  }

  /** What passed since the last operation was not the pipeline's: a step, or other builds. */
  void resumed() {
    lastSeen = clock.getAsLong();
  }

  /** Before a string of this length is made. */
  void string(long length) {
    string(length, length);
  }

  /** Adds to a text that is being made. */
  void append(StringBuilder text, String added) {
    string((long) text.length() + added.length(), added.length());
    text.append(added);
  }

  private void string(long length, long added) {
    if (length > limits.stringLength()) {
      throw new BudgetExceeded(
          "the pipeline made a string of more than " + limits.stringLength() + " characters");
    }
    allocate(added);
    operations(added >> 6);
  }

  /** Before {@code added} elements make a collection this big. */
  void elements(long size, long added) {
    if (size > limits.collectionSize()) {
      throw new BudgetExceeded(
          "the pipeline made a collection of more than " + limits.collectionSize() + " elements");
    }
    allocate(added * BYTES_PER_ELEMENT);
    operations(added >> 3);
  }

  /** Before this many characters are handed to a step. */
  void output(long characters) {
    output -= characters;
    if (output < 0) {
      exhausted("it gave steps more than " + limits.output() + " characters");
    }
  }

  private void allocate(long bytes) {
    allocation -= bytes;
    if (allocation < 0) {
      exhausted("it made more than " + limits.allocation() + " bytes of strings and collections");
    }
  }

  private void exhausted(String what) {
    if (!reserveUsed) {
      reserveUsed = true;
      operations = RESERVE;
      allocation = RESERVE;
      output = RESERVE;
      pureTime = RESERVE_TIME;
    }
    throw new BudgetExceeded("the pipeline's budget is used up: " + what);
  }
}
