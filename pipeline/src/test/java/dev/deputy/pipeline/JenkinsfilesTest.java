package dev.deputy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class JenkinsfilesTest {
  private static final String DECLARATIVE =
      """
      pipeline {
        agent any
        options {
          skipDefaultCheckout()
          disableConcurrentBuilds(abortPrevious: true)
          buildDiscarder(logRotator(numToKeepStr: '10', daysToKeepStr: ''))
          quietPeriod(5)
        }
        parameters {
          string(name: 'A', defaultValue: 'a' + 'b', description: 'first', trim: true)
          text(name: 'B', defaultValue: '''x
      y''')
          booleanParam(name: 'C', defaultValue: true)
          choice(name: 'D', choices: 'one\\ntwo', description: '')
          choice(name: 'E', choices: ['1', '2'])
          password(name: 'F', defaultValue: 'secret')
        }
        stages { stage('S') { steps { echo 'x' } } }
      }
      """;

  @Test
  void modelsParameters() {
    assertThat(Pipelines.valid(DECLARATIVE).parameters())
        .containsExactly(
            new ParameterDefinition.Text("A", "first", "ab", true),
            new ParameterDefinition.MultilineText("B", "", "x\ny"),
            new ParameterDefinition.Flag("C", "", true),
            new ParameterDefinition.Choice("D", "", List.of("one", "two")),
            new ParameterDefinition.Choice("E", "", List.of("1", "2")),
            new ParameterDefinition.Password("F", "", "secret"));
  }

  @Test
  void aPasswordDoesNotShowItsDefault() {
    assertThat(Pipelines.valid(DECLARATIVE).parameters().toString()).doesNotContain("secret");
  }

  @Test
  void modelsOptions() {
    assertThat(Pipelines.valid(DECLARATIVE).options())
        .isEqualTo(
            new PipelineOptions(
                true, true, true, OptionalInt.of(10), OptionalInt.empty(), List.of()));
  }

  @Test
  void warnsOfWhatHasNoEffect() {
    var parsed = Jenkinsfiles.parse("Jenkinsfile", DECLARATIVE, new TestSteps());
    assertThat(parsed)
        .isInstanceOfSatisfying(
            ParsedJenkinsfile.Valid.class,
            valid ->
                assertThat(valid.warnings())
                    .extracting(Problem::message)
                    .containsExactly(
                        "option 'buildDiscarder' is accepted and has no effect yet",
                        "option 'quietPeriod' is accepted and has no effect yet"));
  }

  @Test
  void aScriptedPipelineDeclaresNothing() {
    Pipeline pipeline = Pipelines.valid("node { echo 'x' }");
    assertThat(pipeline.declarative()).isFalse();
    assertThat(pipeline.parameters()).isEmpty();
    assertThat(pipeline.options()).isEqualTo(PipelineOptions.NONE);
  }

  @Test
  void aPipelineRunsManyTimes() {
    Pipeline pipeline = Pipelines.valid("x = (env.X ?: 'none')\necho x");
    for (int i = 0; i < 3; i++) {
      RecordingHost host = new RecordingHost();
      assertThat(pipeline.run(host).result()).isEqualTo(BuildResult.SUCCESS);
      assertThat(host.log).containsExactly("echo(message=none)");
    }
  }

  @Test
  void limitsOfAFileAreChecked() {
    ParseLimits limits = new ParseLimits(20, 5, Duration.ofSeconds(10));
    assertThat(parsed("echo 'a long enough text'", limits)).contains("longer than 20 characters");
    assertThat(parsed("[[[[[[1]]]]]]", limits)).contains("nested more than 5 levels");
    assertThat(parsed("echo 'x'", limits)).isEmpty();
  }

  private static String parsed(String source, ParseLimits limits) {
    return switch (Jenkinsfiles.parse("J", source, new TestSteps(), limits)) {
      case ParsedJenkinsfile.Valid _ -> "";
      case ParsedJenkinsfile.Invalid invalid -> invalid.problems().getFirst().message();
    };
  }

  @Test
  void limitsOfARunAreChecked() {
    Pipeline pipeline = Pipelines.valid("for (i in 1..1000) { echo \"$i\" }");
    RunLimits few = new RunLimits(500, 1 << 20, 1 << 10, 1 << 10, 10, 1 << 10);
    assertThat(pipeline.run(new RecordingHost(), few).error().orElse(""))
        .contains("more than 500 operations");
    RunLimits quiet = new RunLimits(100_000, 1 << 20, 1 << 10, 1 << 10, 10, 20);
    assertThat(pipeline.run(new RecordingHost(), quiet).error().orElse(""))
        .contains("gave steps more than 20 characters");
  }

  @Test
  void nothingOfAFileRunsWhenItIsWarmedUp() {
    Jenkinsfiles.warmUp();
    assertThat(Pipelines.problems("echo 'x'")).isEmpty();
  }

  @Test
  void theFileNameIsInEveryPosition() {
    var parsed = Jenkinsfiles.parse("ci/deploy.groovy", "pipeline { }", new TestSteps());
    assertThat(parsed)
        .isInstanceOfSatisfying(
            ParsedJenkinsfile.Invalid.class,
            invalid ->
                assertThat(invalid.problems().getFirst().format())
                    .startsWith("ci/deploy.groovy:1:1: "));
  }

  @Test
  void aBlockMayBeInAVariable() {
    String source =
        """
        def c = { sh 'x' }
        def m = [c: c]
        def make() { return { echo 'x' } }
        stage('a', c)
        node('x', c)
        timeout(time: 1, unit: 'MINUTES', c)
        timestamps(c)
        catchError(m.c)
        retry(3, make())
        withEnv(['A=b'], m['c'])
        """;
    assertThat(Pipelines.report(source)).isEmpty();
    RecordingHost host = new RecordingHost();
    assertThat(Pipelines.run(source, host).error()).isEmpty();
    assertThat(host.log)
        .contains("stage(name=a)", "  sh(script=x)", "timeout(time=1, unit=MINUTES)");
    assertThat(
            Pipelines.report(
                """
                pipeline {
                  agent none
                  stages {
                    stage('a') {
                      steps { script { def c = { sh 'x' }; node('x', c) } }
                    }
                  }
                }
                """))
        .isEmpty();
    assertThat(Pipelines.report("def d = 'x'\ndir(d)")).contains("step 'dir' needs a block");
    assertThat(Pipelines.report("timeout(time: 1, 'x')")).contains("needs a block");
  }

  /** As in Jenkins' Groovy, which knows no index that may be of null. */
  @Test
  void aListMayFollowTheQuestionMarkOfAConditionAtOnce() {
    RecordingHost host = new RecordingHost();
    assertThat(
            Pipelines.run(
                    """
                    def pattern = /x?[0-9]/; def a = 1
                    echo "\uD83D\uDE00 ${a ?[a]:[2]} ${'x7' ==~ pattern}"; value(!a ?['b'] : 'c')
                    """,
                    host)
                .error())
        .isEmpty();
    assertThat(host.log).containsExactly("echo(message=\uD83D\uDE00 [1] true)", "value(value=c)");
    assertThat(Pipelines.problems("def a = b ?[0] : 1\nfoo )")).contains("Jenkinsfile:2:5");
  }
}
