package dev.deputy.cli;

import dev.deputy.builds.BuildEvent;
import dev.deputy.builds.BuildEvent.AgentUse;
import dev.deputy.builds.BuildEvent.Stage;
import dev.deputy.builds.BuildOutcome;
import dev.deputy.builds.Question;
import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildState;
import dev.deputy.core.Cause;
import dev.deputy.core.JobName;
import dev.deputy.core.TemplateName;
import dev.deputy.pipeline.BuildResult;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The events of one made-up build, and a clock that stands at its end. */
final class Events {
  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  static final Clock CLOCK = Clock.fixed(START.plusSeconds(20), ZoneOffset.UTC);
  static final BuildId BUILD = new BuildId(new JobName("shop"), 7);
  static final Account PRODUCTION =
      new Account(
          new AccountName("production"),
          "444444444444",
          "eu-west-1",
          Optional.of("production"),
          Optional.empty(),
          true);
  static final Stage COMPILE = stage(2, "Build", "Compile");
  static final AgentUse DEPLOYER =
      new AgentUse("Deploy", new TemplateName("production"), Optional.of(PRODUCTION));
  static final String TASK = "arn:aws:ecs:eu-west-1:000000000000:task/agents/0123abcd";
  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  private Events() {}

  static Stage stage(int step, String... path) {
    return new Stage(step, List.of(path), "");
  }

  static Instant at(int second) {
    return START.plusSeconds(second);
  }

  static BuildEvent started() {
    return new BuildEvent.BuildStarted(
        START,
        BUILD,
        "Jenkinsfile",
        Optional.of("main"),
        Optional.of(COMMIT),
        new Cause.Person("ann"));
  }

  static BuildEvent stageStarted(int second, Stage stage) {
    return new BuildEvent.StageStarted(at(second), BUILD, stage, false);
  }

  static BuildEvent stageFinished(int second, Stage stage, BuildResult result, Duration duration) {
    return new BuildEvent.StageFinished(
        at(second), BUILD, stage, result, duration, Optional.empty(), false);
  }

  static BuildEvent stageSkipped(int second, Stage stage, String reason) {
    return new BuildEvent.StageFinished(
        at(second), BUILD, stage, BuildResult.NOT_BUILT, Duration.ZERO, Optional.of(reason), false);
  }

  static BuildEvent waiting(AgentUse agent) {
    return new BuildEvent.AgentWaiting(at(1), BUILD, agent, "the cluster has no room");
  }

  static BuildEvent launching(AgentUse agent) {
    return new BuildEvent.AgentLaunching(at(1), BUILD, agent, TASK);
  }

  static BuildEvent registered(AgentUse agent) {
    return new BuildEvent.AgentRegistered(
        at(2),
        BUILD,
        agent,
        TASK,
        "arn:aws:sts::000000000000:assumed-role/deputy-agent-production/0123abcd",
        "user");
  }

  static BuildEvent issued(AgentUse agent) {
    return new BuildEvent.CredentialsIssued(
        at(3),
        BUILD,
        agent,
        "arn:aws:sts::444444444444:assumed-role/deputy-deploy-production/shop-7",
        "ASIAEXAMPLE",
        at(3603));
  }

  static BuildEvent log(int step, String stage, String text) {
    return log(step, stage, "", text);
  }

  static BuildEvent log(int step, String stage, String branch, String text) {
    return new BuildEvent.Log(at(4), BUILD, step, stage, branch, text, false);
  }

  static BuildEvent annotation(String text) {
    return new BuildEvent.Log(at(4), BUILD, 0, "", "", text, true);
  }

  static Question question(List<String> candidates, Optional<String> refusal) {
    return question(candidates, 1, refusal);
  }

  static Question question(List<String> candidates, int missing, Optional<String> refusal) {
    return new Question.AgentApproval(
        BUILD,
        "production",
        "Deploy",
        new TemplateName("production"),
        Optional.of(PRODUCTION),
        Optional.of(COMMIT),
        "releases",
        candidates,
        missing,
        refusal,
        Optional.empty());
  }

  static BuildEvent denied() {
    return new BuildEvent.Denied(at(5), BUILD, "Deploy", "job shop may not\nask somebody");
  }

  static BuildEvent finished(BuildState state) {
    return new BuildEvent.BuildFinished(
        at(20), BUILD, "Jenkinsfile", state, Duration.ofSeconds(20), Path.of("builds/shop/7.log"));
  }

  static BuildOutcome outcome(BuildState state, Optional<String> denial, Duration approval) {
    return new BuildOutcome(
        BUILD,
        state,
        denial,
        Duration.ofSeconds(20),
        new BuildOutcome.TimeSplit(
            approval,
            Duration.ofMillis(40),
            Duration.ofMillis(960),
            Duration.ofMillis(1250),
            Duration.ofSeconds(75)),
        Path.of("builds/shop/7.log"));
  }
}
