package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.pipeline.Jenkinsfiles;
import dev.deputy.pipeline.ParsedJenkinsfile;
import dev.deputy.pipeline.StepSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepsTest {
  @Test
  void everyStepIsFoundByItsName() {
    assertThat(Steps.all().names())
        .contains("sh", "stage", "node", "stash", "unstash", "input", "timeout", "archiveArtifacts")
        .allSatisfy(
            name -> assertThat(Steps.all().find(name)).map(StepSignature::name).contains(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"junit '*.xml'", "withAWS(role: 'x') { }", "build 'other'", "cleanWs()"})
  void whatIsNotSupportedIsRefusedByNameBeforeAnythingRuns(String step) {
    String name = step.split("[ (]")[0];
    assertThat(Jenkinsfiles.parse("Jenkinsfile", "node { " + step + " }", Steps.all()))
        .isInstanceOfSatisfying(
            ParsedJenkinsfile.Invalid.class,
            invalid ->
                assertThat(invalid.problems().getFirst().message()).contains("'" + name + "'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sh(script: 'x', returnStdout: true, returnStatus: 'maybe')",
        "sh returnStdout: true",
        "stash includes: '**'",
        "input(message: 'x', forAgent: 'y')",
        "pwd(tmp: true)"
      })
  void argumentsThatAStepDoesNotTakeAreRefusedBeforeAnythingRuns(String step) {
    assertThat(Jenkinsfiles.parse("Jenkinsfile", "node { " + step + " }", Steps.all()))
        .isInstanceOf(ParsedJenkinsfile.Invalid.class);
  }
}
