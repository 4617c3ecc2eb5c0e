package dev.deputy.builds;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations in words as Jenkins' log has them: {@code 1 hr 0 min}, {@code 5 sec}. */
final class Spans {
  private Spans() {}

  static String of(Duration duration) {
    if (duration.toDays() > 0) {
      return duration.toDays()
          + (duration.toDays() == 1 ? " day " : " days ")
          + duration.toHoursPart()
          + " hr";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + " hr " + duration.toMinutesPart() + " min";
    }
    if (duration.toMinutes() > 0) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " sec";
    }
    long millis = duration.toMillis();
    if (millis >= 10_000) {
      return millis / 1000 + " sec";
    }
    if (millis >= 1000) {
      return decimal(millis / 100, 10) + " sec";
    }
    return millis >= 100 ? decimal(millis / 10, 100) + " sec" : millis + " ms";
  }

  /** {@code value / unit} without trailing zeros. */
  private static String decimal(long value, int unit) {
    return BigDecimal.valueOf(value)
        .divide(BigDecimal.valueOf(unit))
        .stripTrailingZeros()
        .toPlainString();
  }
}
