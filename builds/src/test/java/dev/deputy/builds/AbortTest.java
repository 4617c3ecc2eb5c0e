package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.BuildState;
import dev.deputy.pipeline.BuildResult;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Builds that somebody ends, whatever they are doing. */
@Timeout(30)
class AbortTest {
  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
  }

  private void abortAt(String text) {
    bench.at(text, () -> bench.abort.abort("alice"));
  }

  private void assertAborted(BuildOutcome outcome) {
    assertThat(outcome.state()).isEqualTo(BuildState.ABORTED);
    assertThat(bench.agents.open()).isZero();
    assertThat(bench.log()).contains("Aborted by alice\n").endsWith("Finished: ABORTED\n");
  }

  @Test
  void aScriptIsStoppedAndItsAgentGoes() {
    abortAt("started");
    assertAborted(bench.run("node('builder') { sh 'echo started; sleep 600' }"));
  }

  @Test
  void aSleepEnds() {
    bench.time = new TestTime();
    abortAt("Sleeping");
    assertAborted(bench.run("sleep 600"));
  }

  @Test
  void aQuestionIsTakenBack() {
    bench.answers =
        _ -> {
          bench.abort.abort("alice");
          new CountDownLatch(1).await();
          return new Answer.Declined("nobody");
        };
    assertAborted(bench.run("input 'Go?'"));
  }

  @Test
  void aNeedThatWaitsForAnAgentIsGivenUp() {
    bench.agents.withhold();
    abortAt("RESOURCE:MEMORY");
    assertAborted(bench.run("node('builder') { echo 'not reached' }"));
    assertThat(bench.log()).doesNotContain("not reached");
  }

  @Test
  void waitUntilEnds() {
    bench.time = new TestTime();
    abortAt("Will try again");
    assertAborted(bench.run("waitUntil { false }"));
  }

  @Test
  void allBranchesOfParallelEnd() {
    var both = new CountDownLatch(2);
    bench.at(
        "started",
        () -> {
          both.countDown();
          if (both.getCount() == 0) {
            bench.abort.abort("alice");
          }
        });
    assertAborted(
        bench.run(
            """
            parallel(
                left: { node('builder') { sh 'echo started; sleep 600' } },
                right: { node('builder') { sh 'echo started; sleep 600' } })
            """));
  }

  @Test
  void postStillRunsButNoAgentIsLaunchedAnyMore() {
    abortAt("started");
    BuildOutcome outcome =
        bench.run(
            """
            pipeline {
                agent { label 'builder' }
                options { skipDefaultCheckout() }
                stages { stage('Build') { steps { sh 'echo started; sleep 600' } } }
                post {
                    aborted { sh 'echo cleaning up' }
                    cleanup { node('builder') { echo 'not reached' } }
                }
            }
            """);
    assertAborted(outcome);
    assertThat(bench.log()).contains("\ncleaning up\n").doesNotContain("not reached");
    assertThat(bench.agents.needs()).hasSize(1);
  }

  @Test
  void aPipelineThatCatchesItEndsAbortedAllTheSame() {
    abortAt("started");
    assertAborted(
        bench.run(
            """
            node('builder') {
                try { sh 'echo started; sleep 600' } catch (e) { echo 'caught' }
                currentBuild.result = 'SUCCESS'
            }
            """));
  }

  @Test
  void insistingCutsPostShort() {
    abortAt("ing up");
    assertAborted(
        bench.run(
            """
            pipeline {
                agent { label 'builder' }
                options { skipDefaultCheckout() }
                stages { stage('Build') { steps { sh 'echo starting up; sleep 600' } } }
                post {
                    always { sh 'echo cleaning up; sleep 600' }
                    cleanup { echo 'not reached' }
                }
            }
            """));
    assertThat(bench.log()).doesNotContain("not reached\n");
  }

  @Test
  void aBuildAbortedBeforeItRunsDoesNothing() {
    bench.abort.abort("alice");
    assertAborted(bench.run("node('builder') { sh 'echo not reached' }"));
    assertThat(bench.agents.needs()).isEmpty();
  }

  @Test
  void stagesShowThatTheyWereAborted() {
    abortAt("started");
    bench.run("stage('Build') { node('builder') { sh 'echo started; sleep 600' } }");
    assertThat(bench.events(BuildEvent.StageFinished.class))
        .singleElement()
        .extracting(BuildEvent.StageFinished::state)
        .isEqualTo(BuildResult.ABORTED);
  }

  @Test
  void abortingAfterTheEndChangesNothing() {
    assertThat(bench.run("echo 'done'").state()).isEqualTo(BuildState.SUCCESS);
    bench.abort.abort("alice");
    assertThat(bench.log()).endsWith("Finished: SUCCESS\n");
  }

  @Test
  void timeoutsEndTheirBlockAndNothingElse() {
    var time = new TestTime();
    bench.time = time;
    bench.at("started", time::wakeNext);
    BuildOutcome outcome =
        bench.run(
            """
            node('builder') {
                try {
                    timeout(time: 5, unit: 'MINUTES') { sh 'echo started; sleep 600' }
                } catch (e) {
                    echo 'caught it'
                }
                sh 'echo goes on'
            }
            """);
    assertThat(outcome.state()).isEqualTo(BuildState.SUCCESS);
    assertThat(bench.log())
        .contains("Timeout set to expire in 5 min 0 sec\n")
        .contains("Cancelling nested steps due to timeout\n")
        .contains("caught it\n")
        .contains("goes on\n");
  }

  @Test
  void anAgentThatComesTogetherWithTheAbortGoesAgain() {
    bench.agents.onAcquired(() -> {
      bench.abort.abort("alice");
      Thread.interrupted();
    });
    assertAborted(bench.run("node('builder') { echo 'not reached' }"));
    assertThat(bench.agents.agents()).singleElement().matches(LocalAgent::closed);
    assertThat(bench.log()).doesNotContain("not reached");
  }

  @Test
  void aTimeoutThatComesTooLateHitsNothing() {
    var time = new TestTime();
    bench.time = time;
    bench.at("last", time::wakeNext);
    BuildOutcome outcome =
        bench.run(
            """
            try {
                timeout(5) { echo 'last'; for (int i = 0; i < 50000; i++) { } }
            } catch (e) { }
            sleep 0
            echo 'goes on'
            """);
    assertThat(outcome.state()).isEqualTo(BuildState.SUCCESS);
    assertThat(bench.log()).contains("goes on\n");
  }

  @Test
  void pipelineCodeSeesWhoEndedIt() {
    bench.answers = _ -> new Answer.Declined("dave");
    bench.time = new TestTime();
    abortAt("Sleeping");
    assertAborted(
        bench.run(
            """
            import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
            try { input 'Go?' } catch (FlowInterruptedException e) {
                echo "said by ${e.causes[0].user}"
            }
            try { sleep 600 } catch (FlowInterruptedException e) {
                echo "ended by ${e.getCauses()[0].getUser().getId()}"
                throw e
            }
            """));
    assertThat(bench.log()).contains("said by dave\n").contains("ended by alice\n");
  }

  @Test
  void pipelineCodeSeesThatATimeoutEndedIt() {
    var time = new TestTime();
    bench.time = time;
    bench.at("Sleeping", time::wakeNext);
    bench.run(
        """
        import org.jenkinsci.plugins.workflow.steps.TimeoutStepExecution.ExceededTimeout
        try { timeout(5) { sleep 600 } } catch (e) {
            echo "timeout ${e.causes[0] instanceof ExceededTimeout}"
        }
        """);
    assertThat(bench.log()).contains("timeout true\n");
  }
}
