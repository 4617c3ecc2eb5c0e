package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.deputy.pipeline.ParameterDefinition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildParametersTest {
  private static final List<ParameterDefinition> DECLARED =
      List.of(
          new ParameterDefinition.Text("VERSION", "", "1.0", true),
          new ParameterDefinition.Flag("DRY_RUN", "", false),
          new ParameterDefinition.Choice("STAGE", "", List.of("test", "production")),
          new ParameterDefinition.Password("TOKEN", "", ""));

  @Test
  void whatIsNotGivenHasItsDefault() {
    assertThat(BuildParameters.of(DECLARED, Map.of("DRY_RUN", "true")).values())
        .isEqualTo(Map.of("VERSION", "1.0", "DRY_RUN", true, "STAGE", "test", "TOKEN", ""));
  }

  @Test
  void textIsTrimmedWhereTheFileSaysSo() {
    assertThat(BuildParameters.of(DECLARED, Map.of("VERSION", " 2 ")).values())
        .containsEntry("VERSION", "2");
  }

  @Test
  void unknownParametersAreRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BuildParameters.of(DECLARED, Map.of("VERSOIN", "2")))
        .withMessageContaining("VERSOIN")
        .withMessageContaining("VERSION, DRY_RUN, STAGE, TOKEN");
  }

  @Test
  void valuesThatDoNotFitAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BuildParameters.of(DECLARED, Map.of("STAGE", "prod")))
        .withMessage("parameter STAGE: \"prod\" (expected: one of test, production)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BuildParameters.of(DECLARED, Map.of("DRY_RUN", "yes")))
        .withMessage("parameter DRY_RUN: \"yes\" (expected: true or false)");
  }

  @Test
  void passwordsAreInTheEnvironmentAndNowhereElse() {
    BuildParameters parameters = BuildParameters.of(DECLARED, Map.of("TOKEN", "hunter2"));
    assertThat(parameters.environment()).containsEntry("TOKEN", "hunter2");
    assertThat(parameters.secrets()).containsExactly("hunter2");
    assertThat(parameters.stored()).doesNotContainKey("TOKEN");
    assertThat(parameters.toString()).contains("TOKEN").doesNotContain("hunter2");
  }
}
