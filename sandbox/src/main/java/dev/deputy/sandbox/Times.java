package dev.deputy.sandbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How times are written. */
final class Times {
  private Times() {}

  /** ISO 8601 to the second, as in the Query protocol, in CloudTrail and in condition keys. */
  static String iso(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Seconds since the epoch with milliseconds, as in AWS JSON. */
  static double seconds(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }
}
