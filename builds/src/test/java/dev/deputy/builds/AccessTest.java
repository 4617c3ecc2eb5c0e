package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.access.AccessDecision;
import dev.deputy.core.BuildState;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may use which agent, as a running build finds out. */
class AccessTest {
  private static final String PRODUCTION =
      "stage('Deploy') { node('AgentAccountProduction') { sh 'echo deployed' } }";

  @TempDir Path folder;

  private static Questions approving(String... users) {
    Deque<String> queue = new ArrayDeque<>(List.of(users));
    return _ ->
        queue.isEmpty()
            ? new Answer.Unanswerable("nobody else is there")
            : new Answer.Approved(queue.remove(), Map.of());
  }

  @Test
  void nothingIsLaunchedBeforeTheApproval() {
    var bench = new Bench(folder);
    bench.answers =
        _ -> {
          assertThat(bench.agents.needs()).isEmpty();
          assertThat(bench.builds.unfinished().getFirst().state()).isEqualTo(BuildState.WAITING);
          return new Answer.Approved("carol", Map.of());
        };
    assertThat(bench.run(PRODUCTION).state()).isEqualTo(BuildState.SUCCESS);
    assertThat(bench.agents.needs()).singleElement().extracting("grant").isEqualTo("releases");
  }

  @Test
  void theQuestionSaysWhatAYesOpens() {
    var bench = new Bench(folder);
    bench.answers = approving("carol");
    bench.run(PRODUCTION);
    assertThat(bench.questions)
        .singleElement()
        .satisfies(question -> {
          assertThat(question.text())
              .contains(
                  "production", "444444444444", "shop#1", "Deploy", "releases", "carol, dave");
          assertThat(question.candidates()).containsExactly("carol", "dave");
        });
  }

  @Test
  void asManyPeopleAreAskedAsTheGrantSays() {
    var bench = new Bench(folder, 2);
    bench.answers = approving("carol", "carol", "dave");
    assertThat(bench.run(PRODUCTION).state()).isEqualTo(BuildState.SUCCESS);
    assertThat(bench.questions).hasSize(3);
    assertThat(bench.audited()).filteredOn("approval-given"::equals).hasSize(2);
    assertThat(bench.log()).contains("carol may not answer this (expected: dave)");
  }

  @Test
  void somebodyWhoMayNotApproveDoesNotCount() {
    var bench = new Bench(folder);
    bench.answers = approving("alice");
    BuildOutcome outcome = bench.run(PRODUCTION);
    assertThat(outcome.state()).isEqualTo(BuildState.ABORTED);
    assertThat(outcome.denied()).isFalse();
    assertThat(bench.agents.needs()).isEmpty();
    assertThat(bench.audited()).doesNotContain("approval-given");
    assertThat(bench.questions.getLast().refusal())
        .contains("alice may not answer this (expected: carol or dave)");
  }

  @Test
  void wrongAnswersAreNotAskedForEver() {
    var bench = new Bench(folder);
    bench.answers = _ -> new Answer.Approved("mallory", Map.of());
    assertThat(bench.run(PRODUCTION).state()).isEqualTo(BuildState.ABORTED);
    assertThat(bench.questions).hasSize(3);
  }

  @Test
  void aNoEndsTheBuildWithoutALaunch() {
    var bench = new Bench(folder);
    bench.answers = _ -> new Answer.Declined("dave");
    assertThat(bench.run(PRODUCTION).state()).isEqualTo(BuildState.ABORTED);
    assertThat(bench.agents.needs()).isEmpty();
    assertThat(bench.log()).contains("Rejected by dave");
  }

  @Test
  void anApprovalCountsForTheWholeBuild() {
    var bench = new Bench(folder);
    bench.answers = approving("carol");
    assertThat(bench.run(PRODUCTION + "\n" + PRODUCTION).state()).isEqualTo(BuildState.SUCCESS);
    assertThat(bench.questions).hasSize(1);
    assertThat(bench.agents.needs()).hasSize(2);
  }

  @Test
  void anApprovalDoesNotCountForTheNextBuild() {
    var bench = new Bench(folder);
    bench.answers = approving("carol", "dave");
    bench.run(PRODUCTION);
    bench.run(PRODUCTION);
    assertThat(bench.questions).hasSize(2);
  }

  @Test
  void aPlainInputIsNoApproval() {
    var bench = new Bench(folder);
    bench.answers = approving("carol", "dave");
    bench.run("input 'Deploy?'\n" + PRODUCTION);
    assertThat(bench.questions).hasSize(2);
    assertThat(bench.questions.getFirst()).isInstanceOf(Question.Input.class);
    assertThat(bench.questions.getLast()).isInstanceOf(Question.AgentApproval.class);
  }

  @Test
  void anInputWhoseSubmittersMayNotApproveIsAskedOnItsOwn() {
    var bench = new Bench(folder);
    bench.answers = approving("erin", "carol");
    BuildOutcome outcome =
        bench.run(
            """
            pipeline {
                agent none
                options { skipDefaultCheckout() }
                stages {
                    stage('Deploy') {
                        input { message 'Release it?'; submitter 'erin' }
                        agent { label 'AgentAccountProduction' }
                        steps { sh 'echo deployed' }
                    }
                }
            }
            """);
    assertThat(outcome.state()).isEqualTo(BuildState.SUCCESS);
    assertThat(bench.questions)
        .map(question -> question.getClass().getSimpleName())
        .containsExactly("Input", "AgentApproval");
  }

  @Test
  void anInputBeforeADeniedAgentIsNeverAsked() {
    var bench = new Bench(folder);
    BuildOutcome outcome =
        bench.run(
            """
            pipeline {
                agent none
                stages {
                    stage('Deploy') {
                        input { message 'Release it?' }
                        agent { label 'AgentAccountForbidden' }
                        steps { sh 'echo deployed' }
                    }
                }
            }
            """);
    assertThat(outcome.denied()).isTrue();
    assertThat(bench.questions).isEmpty();
  }

  @Test
  void aDenialIsToldAuditedAndFinal() {
    var bench = new Bench(folder);
    BuildOutcome outcome =
        bench.run("stage('Deploy') { node('AgentAccountForbidden') { echo 'not reached' } }");
    assertThat(outcome.state()).isEqualTo(BuildState.FAILURE);
    assertThat(outcome.denial().orElseThrow()).contains("shop", "forbidden");
    assertThat(bench.events(BuildEvent.Denied.class))
        .singleElement()
        .satisfies(denied -> {
          assertThat(denied.stage()).isEqualTo("Deploy");
          assertThat(denied.message()).isEqualTo(outcome.denial().orElseThrow());
        });
    assertThat(bench.audited()).contains("access-denied");
    assertThat(bench.agents.needs()).isEmpty();
  }

  @Test
  void aDenialInOneBranchIsNotOutvotedByTheOthers() {
    var bench = new Bench(folder);
    BuildOutcome outcome =
        bench.run(
            """
            try {
                parallel(
                    fine: { echo 'fine' },
                    not: { retry(3) { node('AgentAccountForbidden') { echo 'not reached' } } })
            } catch (e) { echo 'not reached' }
            """);
    assertThat(outcome.denied()).isTrue();
    assertThat(outcome.state()).isEqualTo(BuildState.FAILURE);
    assertThat(bench.log()).doesNotContain("not reached\n");
    assertThat(bench.events(BuildEvent.Denied.class)).hasSize(1);
  }

  @Test
  void aGrantTakenAwayBeforeTheLaunchIsADenial() {
    var asked = new AtomicInteger();
    var bench =
        new Bench(
            folder,
            _ ->
                asked.getAndIncrement() == 0
                    ? new AccessDecision.Granted(
                        Bench.grant("releases", "production", Optional.empty()), List.of())
                    : new AccessDecision.Denied("no grant any more"));
    BuildOutcome outcome = bench.run(PRODUCTION);
    assertThat(outcome.denial().orElseThrow()).contains("shop", "production", "no grant any more");
    assertThat(bench.agents.open()).isZero();
  }

  @Test
  void anUnknownLabelIsAFailureThatNamesIt() {
    var bench = new Bench(folder);
    BuildOutcome outcome = bench.run("node('windows') { echo 'not reached' }");
    assertThat(outcome.state()).isEqualTo(BuildState.FAILURE);
    assertThat(outcome.denied()).isFalse();
    assertThat(bench.log()).contains("windows");
  }

  @Test
  void nothingThatThePipelineSaysGetsIntoTheQuestion() {
    var bench = new Bench(folder);
    bench.run(
        """
        env.JOB_NAME = 'other'
        env.BRANCH_NAME = 'main'
        currentBuild.displayName = 'other'
        withEnv(['JOB_NAME=other']) {
            node('AgentAccountForbidden') { echo 'not reached' }
        }
        """);
    assertThat(bench.events(BuildEvent.Denied.class).getFirst().message()).contains("job shop");
  }
}
