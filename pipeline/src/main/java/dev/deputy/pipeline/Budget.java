package dev.deputy.pipeline;

/**
 * What one run may still cost. Used by whichever branch holds the baton, hence not synchronised.
 * Counts work, never time, so that a run of the same pipeline over the same answers always gets
 * equally far.
 */
final class Budget {
  /** What {@code finally} and {@code post} get after a budget ran out, once. */
  private static final int RESERVE = 100_000;

  /** Every so many operations the thread lets others run. */
  private static final int PAUSE = 1 << 14;

  private static final int BYTES_PER_ELEMENT = 16;

  private final RunLimits limits;
  private long operations;
  private long allocation;
  private long output;
  private boolean reserveUsed;
  private int untilPause = PAUSE;

  Budget(RunLimits limits) {
    this.limits = limits;
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
      Thread.yield();
    }
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
    }
    throw new BudgetExceeded("the pipeline's budget is used up: " + what);
  }
}
