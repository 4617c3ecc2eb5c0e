package dev.deputy.builds;

/**
 * Who writes to the console log.
 *
 * @param step 0 for the build itself
 * @param stage the innermost stage; empty outside of stages
 * @param branch the parallel branch; empty for the main line
 */
record LogSource(int step, String stage, String branch) {
  static final LogSource BUILD = new LogSource(0, "", "");
}
