package dev.deputy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.BuildState;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitStatusTest {
  @ParameterizedTest
  @CsvSource({"SUCCESS, 0", "FAILURE, 1", "UNSTABLE, 2", "ABORTED, 130", "NOT_BUILT, 0"})
  void resultOfTheBuildIsTheStatus(BuildState state, int code) {
    assertThat(ExitStatus.of(Events.outcome(state, Optional.empty(), Duration.ZERO)).code())
        .isEqualTo(code);
  }

  @Test
  void denialIsNotAFailureLikeOthers() {
    assertThat(
            ExitStatus.of(
                    Events.outcome(BuildState.FAILURE, Optional.of("no grant"), Duration.ZERO))
                .code())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "SUCCESS, UNSTABLE, UNSTABLE",
    "FAILURE, UNSTABLE, FAILURE",
    "FAILURE, DENIED, DENIED",
    "DENIED, ABORTED, ABORTED",
    "FAULT, SUCCESS, FAULT",
    "SUCCESS, SUCCESS, SUCCESS",
  })
  void worstOfSeveralFilesCounts(ExitStatus one, ExitStatus other, ExitStatus worst) {
    assertThat(one.worse(other)).isEqualTo(worst);
    assertThat(other.worse(one)).isEqualTo(worst);
  }

  @Test
  void noTwoHaveOneCode() {
    assertThat(Arrays.stream(ExitStatus.values()).map(ExitStatus::code)).doesNotHaveDuplicates();
  }
}
