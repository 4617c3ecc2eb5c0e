package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpansTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 ms",
    "PT0.05S, 50 ms",
    "PT0.25S, 0.25 sec",
    "PT0.3S, 0.3 sec",
    "PT1S, 1 sec",
    "PT5S, 5 sec",
    "PT1.26S, 1.2 sec",
    "PT10.9S, 10 sec",
    "PT1M, 1 min 0 sec",
    "PT1H30S, 1 hr 0 min",
    "P1DT2H, 1 day 2 hr",
    "P3D, 3 days 0 hr",
  })
  void durationsReadAsInJenkins(Duration duration, String words) {
    assertThat(Spans.of(duration)).isEqualTo(words);
  }
}
