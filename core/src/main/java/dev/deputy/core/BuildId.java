package dev.deputy.core;

/**
 * One build of one job.
 *
 * @param number from 1, counted per job, never given twice
 */
public record BuildId(JobName job, int number) {
  public BuildId {
    if (number < 1) {
      throw new IllegalArgumentException("build number: " + number + " (expected: >= 1)");
    }
  }

  /** {@code job#number}, as shown to people and accepted on the command line. */
  @Override
  public String toString() {
    return job + "#" + number;
  }
}
