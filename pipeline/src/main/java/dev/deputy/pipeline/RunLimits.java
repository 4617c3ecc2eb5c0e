package dev.deputy.pipeline;

import java.time.Duration;

/**
 * What one run of a pipeline may cost the controller. Whoever exceeds one of these gets a failure
 * that pipeline code cannot catch.
 *
 * @param operations expressions and statements evaluated, elements visited, characters matched
 * @param allocation bytes of strings and collections made, in total (an estimate)
 * @param stringLength characters of one string
 * @param collectionSize elements of one list or map
 * @param callDepth calls of closures and methods inside each other
 * @param output characters handed to steps, in total
 * @param pureTime how long the pipeline's own code may take, without its steps
 */
public record RunLimits(
    long operations,
    long allocation,
    int stringLength,
    int collectionSize,
    int callDepth,
    long output,
    Duration pureTime) {
  /** Generous for a pipeline, small for a controller: about a second of one core. */
  public static final RunLimits DEFAULT =
      new RunLimits(
          20_000_000, 128L << 20, 8 << 20, 100_000, 200, 64L << 20, Duration.ofMinutes(5));

  /** With the default for the time. */
  public RunLimits(
      long operations,
      long allocation,
      int stringLength,
      int collectionSize,
      int callDepth,
      long output) {
    this(
        operations,
        allocation,
        stringLength,
        collectionSize,
        callDepth,
        output,
        Duration.ofMinutes(5));
  }

  public RunLimits {
    if (operations < 1
        || allocation < 1
        || stringLength < 1
        || collectionSize < 1
        || callDepth < 1
        || output < 1
        || !pureTime.isPositive()) {
      throw new IllegalArgumentException("limits: expected positive values");
    }
  }
}
