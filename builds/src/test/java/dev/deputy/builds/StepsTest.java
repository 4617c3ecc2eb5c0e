package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.pipeline.Jenkinsfiles;
import dev.deputy.pipeline.ParsedJenkinsfile;
import dev.deputy.pipeline.Problem;
import dev.deputy.pipeline.StepSignature;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  @ValueSource(strings = {"podTemplate(yaml: 'x') { }", "container('x') { }", "jiraComment()"})
  void whatIsNotSupportedIsRefusedByNameBeforeAnythingRuns(String step) {
    String name = step.split("[ (]")[0];
    assertThat(Jenkinsfiles.parse("Jenkinsfile", inSteps(step), Steps.all()))
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
        "pwd(temp: true)"
      })
  void argumentsThatAStepDoesNotTakeAreRefusedBeforeAnythingRuns(String step) {
    assertThat(Jenkinsfiles.parse("Jenkinsfile", inSteps(step), Steps.all()))
        .isInstanceOf(ParsedJenkinsfile.Invalid.class);
  }

  private static String inSteps(String step) {
    return "pipeline {\n agent any\n stages {\n  stage('S') {\n   steps {\n    "
        + step
        + "\n   }\n  }\n }\n}\n";
  }

  @Test
  void aStepOfAnotherProductComesWithAdvice() {
    assertThat(Jenkinsfiles.parse("Jenkinsfile", inSteps("recordIssues tool: 'x'"), Steps.all()))
        .isInstanceOfSatisfying(
            ParsedJenkinsfile.Invalid.class,
            invalid ->
                assertThat(invalid.problems().getFirst().hint()).contains("archiveArtifacts"));
  }

  @Test
  void programCodeIsOnlyWarned() {
    assertThat(Jenkinsfiles.parse("Jenkinsfile", "node { ehco 'x'\n sh(scrpt: 'x') }", Steps.all()))
        .isInstanceOfSatisfying(
            ParsedJenkinsfile.Valid.class,
            valid ->
                assertThat(valid.warnings().stream().map(Problem::message))
                    .contains("there is no step 'ehco'", "step 'sh' has no argument 'scrpt'"));
  }

  private static List<String> problems(String file) {
    return Jenkinsfiles.parse("Jenkinsfile", file, Steps.all())
            instanceof ParsedJenkinsfile.Invalid(List<Problem> problems, _)
        ? problems.stream().map(Problem::message).toList()
        : List.of();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          timeout(time: 1, unit: 'MINUTE') { }                  | step 'timeout': unit: "MINUTE" (expected: one of [NANOSECONDS, MICROSECONDS, MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS])
          sleep(time: 1, unit: "ages")                          | step 'sleep': unit: "ages" (expected: one of [NANOSECONDS, MICROSECONDS, MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS])
          catchError(buildResult: 'FOO') { }                    | step 'catchError': buildResult: "FOO" (expected: one of [SUCCESS, UNSTABLE, FAILURE, NOT_BUILT, ABORTED])
          catchError(stageResult: 'FOO') { }                    | step 'catchError': stageResult: "FOO" (expected: one of [SUCCESS, UNSTABLE, FAILURE, NOT_BUILT, ABORTED])
          sh 5                                                  | step 'sh': script: 5 (expected: a string)
          sh(script: true)                                      | step 'sh': script: true (expected: a string)
          retry(-1) { }                                         | step 'retry': count: -1 (expected: >= 0)
          retry('-2') { }                                       | step 'retry': count: -2 (expected: >= 0)
          node('a &&') { }                                      | step 'node': label: label expression 'a &&', column 5: found the end (expected: a label)
          checkout([$class: 'SubversionSCM'])                   | step 'checkout': scm: SubversionSCM (expected: scm, the job's own source, or GitSCM or scmGit; there is only git)
          checkout([url: 'x'])                                  | step 'checkout': scm: another source (expected: scm, the job's own source, or GitSCM or scmGit; there is only git)
          """)
  void literalThatCanNotWorkIsRefusedBeforeAnythingRuns(String step, String problem) {
    assertThat(problems(inSteps(step))).containsExactly(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timeout(time: 1, unit: 'minutes') { }",
        "timeout(time: 1, unit: '') { }",
        "timeout(time: 1, unit: env.UNIT) { }",
        "catchError(buildResult: null, stageResult: 'unstable') { }",
        "catchError(buildResult: \"${env.RESULT}\") { }",
        "retry(0) { }",
        "retry(env.COUNT) { }",
        "node('') { }",
        "node(\"a && ${env.B}\") { }",
        "checkout scm",
        "checkout([$class: 'GitSCM', branches: [[name: env.B]]])",
        "checkout(scm: [$class: 'GitSCM'], poll: false)",
        "checkout(scm: scm, poll: false)",
        "def other = [$class: 'GitSCM']; checkout(other)",
        "sh \"${5}\"",
        "if (isUnix()) { sh 'make' } else { bat 'make' }",
        "powershell 'make'"
      })
  void whatMayWorkIsLeftToTheRun(String step) {
    assertThat(problems("node { " + step + " }")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"label 'a &&'", "node { label 'a &&' }"})
  void labelOfAnAgentIsAnExpression(String agent) {
    assertThat(
            problems(
                "pipeline {\n agent { "
                    + agent
                    + " }\n stages { stage('S') { steps { echo 'x' } } }\n}"))
        .containsExactly("label expression 'a &&', column 5: found the end (expected: a label)");
  }
}
