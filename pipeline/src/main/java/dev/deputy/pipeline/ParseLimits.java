package dev.deputy.pipeline;

import java.time.Duration;

/**
 * What a pipeline file may cost before it runs.
 *
 * @param characters length of its text
 * @param depth how deep blocks, brackets and expressions may nest
 * @param time how long parsing and checking may take
 */
public record ParseLimits(int characters, int depth, Duration time) {
  /** 1 MiB, 200 levels, 20 seconds (a cold parser takes more than one of them). */
  public static final ParseLimits DEFAULT = new ParseLimits(1 << 20, 200, Duration.ofSeconds(20));

  public ParseLimits {
    if (characters < 1 || depth < 1 || !time.isPositive()) {
      throw new IllegalArgumentException("limits: expected positive values");
    }
  }
}
