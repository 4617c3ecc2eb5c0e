package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.deputy.core.BuildState;
import dev.deputy.core.FailureClass;
import dev.deputy.core.JobName;
import dev.deputy.core.JournalEntry;
import dev.deputy.core.Timekeeper;
import dev.deputy.fleet.LaunchFailed;
import dev.deputy.pipeline.BuildResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BuildRunnerTest {
  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
  }

  private List<JournalEntry> entries() {
    return bench.builds.journal(bench.builds.ofJob(new JobName(Bench.JOB), 1).getFirst().id());
  }

  @Test
  void stepsAreJournalledInTheOrderInWhichTheyAreReachedAndSeen() {
    bench.run("node('builder') { sh 'true'; echo 'x' }");
    assertThat(bench.journal())
        .containsExactly("1 STARTED node", "2 STARTED sh", "2 FINISHED sh", "1 FINISHED node");
  }

  @Test
  void anEffectIsOnRecordBeforeItHappens() {
    bench.at("happening", () -> assertThat(bench.journal()).last().isEqualTo("2 STARTED sh"));
    bench.run("node('builder') { sh 'echo happening' }");
  }

  @Test
  void aFailedStepIsJournalledWithItsReason() {
    bench.run("node('builder') { sh 'exit 3' }");
    assertThat(entries())
        .filteredOn(entry -> entry.kind() == JournalEntry.Kind.FAILED)
        .map(entry -> entry.name() + " " + entry.detail().orElse(""))
        .containsExactly(
            "sh {\"reason\":\"script returned exit code 3\"}",
            "node {\"reason\":\"script returned exit code 3\"}");
  }

  @Test
  void aStepWhoseAgentIsGoneIsLostAndNotRunAgain() {
    BuildOutcome outcome = bench.run("node('builder') { sh 'die' }");
    assertThat(outcome.state()).isEqualTo(BuildState.FAILURE);
    assertThat(bench.journal()).contains("2 LOST sh");
    assertThat(bench.log()).contains("nothing is known of the script's result");
    assertThat(bench.agents.agents().getFirst().orders()).hasSize(1);
  }

  @Test
  void textsOfStepsAreJournalledAsDigestsOnly() {
    bench.run(
        """
        node('builder') {
            def text = sh(script: 'echo SECRET-1', returnStdout: true)
            writeFile file: 'f', text: 'SECRET-2'
            readFile 'f'
            withEnv(['TOKEN=SECRET-3']) { echo 'SECRET-4' }
        }
        """);
    assertThat(entries().toString()).contains("sha256").doesNotContain("SECRET");
  }

  @Test
  void passwordsAreNowhereButInTheStepsEnvironment() {
    bench.parameters = Map.of("TOKEN", "hunter2");
    BuildOutcome outcome =
        bench.run(
            """
            pipeline {
                agent { label 'builder' }
                options { skipDefaultCheckout() }
                parameters { password(name: 'TOKEN', defaultValue: '') }
                stages {
                    stage('Login') {
                        steps {
                            sh 'test "$TOKEN" = hunt"er2" && echo "$TOKEN"'
                            echo "${params.TOKEN}"
                            error "no ${params.TOKEN}"
                        }
                    }
                }
            }
            """);
    assertThat(outcome.state()).isEqualTo(BuildState.FAILURE);
    assertThat(bench.log()).contains("****").doesNotContain("hunter2");
    assertThat(bench.events.toString()).doesNotContain("hunter2");
    assertThat(entries().toString()).doesNotContain("hunter2");
    assertThat(bench.audit.records().toString()).doesNotContain("hunter2");
    assertThat(bench.builds.ofJob(new JobName(Bench.JOB), 1).toString()).doesNotContain("hunter2");
    assertThat(bench.agents.agents().getFirst().masked()).contains("hunter2");
  }

  @Test
  void aLaunchThatFailsIsTheStepsFailureAndCanBeCaught() {
    bench.agents.failNext(new LaunchFailed(FailureClass.CAPACITY, "RESOURCE:MEMORY"));
    BuildOutcome outcome =
        bench.run(
            """
            retry(2) {
                node('builder') { echo 'there' }
            }
            """);
    assertThat(outcome.state()).isEqualTo(BuildState.SUCCESS);
    assertThat(bench.log())
        .contains("ERROR: no agent of template builder: RESOURCE:MEMORY\nRetrying\n")
        .contains("there\n");
  }

  @Test
  void theAgentGoesWithItsBlockWhateverHappens() {
    bench.run("node('builder') { error 'broken' }");
    assertThat(bench.agents.agents()).singleElement().matches(LocalAgent::closed);
  }

  @Test
  void failFastEndsTheOtherBranches() {
    BuildOutcome outcome =
        bench.run(
            """
            parallel(
                failFast: true,
                slow: { node('builder') { sh 'sleep 600' } },
                broken: { error 'broken' })
            """);
    assertThat(outcome.state()).isEqualTo(BuildState.FAILURE);
    assertThat(bench.agents.open()).isZero();
  }

  @Test
  void branchesRunAtTheSameTime() {
    BuildOutcome outcome =
        bench.run(
            """
            node('builder') {
                def dir = pwd()
                parallel(
                    left: {
                        node('builder') {
                            sh "touch ${dir}/left; until [ -e ${dir}/right ]; do sleep 0.01; done"
                        }
                    },
                    right: {
                        node('builder') {
                            sh "touch ${dir}/right; until [ -e ${dir}/left ]; do sleep 0.01; done"
                        }
                    })
            }
            """);
    assertThat(outcome.state()).isEqualTo(BuildState.SUCCESS);
  }

  @Test
  void eventsTellTheBuildFromItsStartToItsEnd() {
    bench.run("stage('Build') { node('builder') { sh 'echo hi' } }");
    assertThat(bench.events.stream().filter(event -> !(event instanceof BuildEvent.Log)))
        .map(BuildEvent::type)
        .containsExactly(
            "build-started",
            "stage-started",
            "agent-launching",
            "agent-registered",
            "stage-finished",
            "build-finished");
    assertThat(bench.events(BuildEvent.Log.class))
        .filteredOn(log -> log.text().lines().anyMatch("hi"::equals))
        .singleElement()
        .satisfies(log -> {
          assertThat(log.stage()).isEqualTo("Build");
          assertThat(log.step()).isEqualTo(3);
          assertThat(log.annotation()).isFalse();
        });
  }

  @Test
  void theEndIsStoredBeforeItIsTold() {
    bench.observer =
        event -> {
          if (event instanceof BuildEvent.BuildFinished finished) {
            assertThat(bench.builds.find(finished.build()).orElseThrow().state())
                .isEqualTo(BuildState.SUCCESS);
            bench.events.add(event);
          }
        };
    bench.run("echo 'x'");
    assertThat(bench.events).hasSize(1);
  }

  @Test
  void stagesKnowTheirPlaceAndResult() {
    bench.run(
        """
        stage('Outer') {
            stage('Inner') { unstable 'so so' }
            stage('Fine') { echo 'x' }
        }
        """);
    assertThat(bench.events(BuildEvent.StageFinished.class))
        .map(stage -> stage.stage().path() + " " + stage.state())
        .containsExactly("[Outer, Inner] UNSTABLE", "[Outer, Fine] SUCCESS", "[Outer] UNSTABLE");
  }

  @Test
  void skippedStagesSayWhy() {
    bench.run(
        """
        pipeline {
            agent none
            stages {
                stage('Release') {
                    when { branch 'release' }
                    steps { echo 'not reached' }
                }
            }
        }
        """);
    assertThat(bench.events(BuildEvent.StageFinished.class))
        .singleElement()
        .satisfies(stage -> {
          assertThat(stage.state()).isEqualTo(BuildResult.NOT_BUILT);
          assertThat(stage.skipped()).contains("when conditional");
        });
  }

  @Test
  void waitUntilSlowsDown() {
    bench.time =
        new Timekeeper() {
          private Instant now = Instant.EPOCH;

          @Override
          public Instant instant() {
            return now;
          }

          @Override
          public void sleep(Duration duration) {
            now = now.plus(duration);
          }
        };
    bench.run("int n = 0\nwaitUntil { n++ > 2 }");
    assertThat(bench.log())
        .contains("again after 0.25 sec\n")
        .contains("again after 0.3 sec\n")
        .contains("again after 0.36 sec\n");
  }

  @Test
  void stepsOutsideOfAnAgentSayWhatTheyNeed() {
    bench.run("sh 'true'");
    assertThat(bench.log()).contains("('sh' needs an agent)");
  }

  @Test
  void windowsStepsAreRefusedOnlyWhenTheyAreReached() {
    BuildOutcome outcome =
        bench.run("node('builder') { if (isUnix()) { sh 'true' } else { bat 'dir' } }");
    assertThat(outcome.state()).isEqualTo(BuildState.SUCCESS);
    BuildOutcome reached = bench.run("node('builder') { bat 'dir' }");
    assertThat(bench.logs.text(reached.build())).contains("ERROR: bat needs a Windows agent");
  }

  @Test
  void aFaultOfAStoreIsNotMistakenForTheBuildsFailure() {
    bench.at("x", () -> bench.builds.failNext(new IllegalStateException("the disk is full")));
    assertThatIllegalStateException()
        .isThrownBy(() -> bench.run("node('builder') { sh 'echo x'; echo 'y' }"))
        .withMessage("the disk is full");
    assertThat(bench.agents.open()).isZero();
    assertThat(bench.log()).endsWith("Finished: FAILURE\n");
  }

  @Test
  void theNextBuildHasTheNextNumberAndKnowsTheResultBefore() {
    bench.run("error 'broken'");
    BuildOutcome second =
        bench.run(
            """
            pipeline {
                agent none
                stages { stage('Fine') { steps { echo 'x' } } }
                post { fixed { echo 'fixed it' } }
            }
            """);
    assertThat(second.build().number()).isEqualTo(2);
    assertThat(bench.logs.text(second.build())).contains("fixed it\n");
  }

  @Test
  void timesAreSplitByWhatTheBuildWaitedFor() {
    var time = new TestTime();
    bench.time = time;
    bench.at("tick", () -> time.advance(Duration.ofSeconds(7)));
    BuildOutcome outcome = bench.run("node('builder') { sh 'echo tick'; sh 'true' }");
    assertThat(outcome.times().steps()).isLessThanOrEqualTo(Duration.ofSeconds(7));
    assertThat(outcome.times().approval()).isZero();
    assertThat(outcome.duration()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void secretsThatTheAgentRecognisesInAFileAreHidden() {
    BuildOutcome outcome =
        bench.run(
            """
            node('builder') {
                writeFile file: 'creds', text: ['secret', 'in', 'a', 'file'].join(' ')
                def creds = readFile('creds')
                echo "got ${creds}"
                stage("with ${creds}") { error "no ${creds}" }
            }
            """);
    assertThat(outcome.state()).isEqualTo(BuildState.FAILURE);
    assertThat(bench.log())
        .contains("got ****", "{ (with ****)")
        .doesNotContain("secret in a file");
    assertThat(bench.events.toString()).doesNotContain("secret in a file");
    assertThat(entries().toString()).doesNotContain("secret in a file");
  }

  @Test
  void secretsInNamesAreHiddenToo() {
    bench.parameters = Map.of("TOKEN", "hunter2");
    bench.answers = _ -> new Answer.Approved("alice", Map.of());
    bench.run(
        """
        pipeline {
            agent none
            parameters { password(name: 'TOKEN', defaultValue: '') }
            stages {
                stage('Names') {
                    steps {
                        script {
                            stage("stage ${params.TOKEN}") { echo 'x' }
                            input "go on with ${params.TOKEN}?"
                            parallel("branch ${params.TOKEN}": { echo 'y' })
                        }
                    }
                }
            }
        }
        """);
    assertThat(bench.log()).contains("{ (stage ****)", "[branch ****] y").doesNotContain("hunter2");
    assertThat(bench.events.toString()).doesNotContain("hunter2");
    assertThat(bench.questions.toString()).doesNotContain("hunter2");
    assertThat(entries().toString()).doesNotContain("hunter2");
  }

  @Test
  void linesOfStagesInParallelCarryTheirBranch() {
    bench.run(
        """
        pipeline {
            agent none
            stages {
                stage('Both') {
                    parallel {
                        stage('Left') { steps { echo 'left' } }
                        stage('Right') {
                            when { branch 'release' }
                            steps { echo 'not reached' }
                        }
                    }
                }
            }
        }
        """);
    assertThat(bench.log())
        .contains("[Left] left\n")
        .contains("[Right] Stage \"Right\" skipped due to when conditional\n");
  }
}
