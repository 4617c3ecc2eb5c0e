package dev.deputy.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.deputy.core.FailureClass;
import dev.deputy.core.LaunchState;
import dev.deputy.fleet.Agent.Order;
import dev.deputy.fleet.Agent.Result;
import dev.deputy.fleet.FakeAgent.Wire;
import dev.deputy.fleet.TestFleet.Running;
import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.AgentMessage.Exit;
import dev.deputy.protocol.AgentMessage.FileContent;
import dev.deputy.protocol.AgentMessage.FileFailed;
import dev.deputy.protocol.AgentMessage.FileState;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.ControllerMessage.Ack;
import dev.deputy.protocol.ControllerMessage.Cancel;
import dev.deputy.protocol.ControllerMessage.FileExists;
import dev.deputy.protocol.ControllerMessage.ReadFile;
import dev.deputy.protocol.ControllerMessage.Refused;
import dev.deputy.protocol.ControllerMessage.Resumed;
import dev.deputy.protocol.ControllerMessage.Start;
import dev.deputy.protocol.ControllerMessage.WriteFile;
import dev.deputy.protocol.Outcome;
import dev.deputy.protocol.Protocol;
import dev.deputy.protocol.SessionKey;
import dev.deputy.protocol.StepId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StepsTest {
  private static final StepId ONE = new StepId("1");

  private final TestFleet fleet = new TestFleet();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private FakeAgent remote;
  private Agent agent;

  @BeforeEach
  void acquire() throws Exception {
    fleet.start();
    Running<Agent> acquiring = fleet.acquiring();
    var task = fleet.task();
    fleet.awaitState(LaunchState.Submitted.class);
    remote = fleet.agent(task).register(fleet.clock.instant()).ready();
    agent = acquiring.get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() {
    if (remote.wire().closed == 0) {
      remote.serve();
    }
    fleet.close();
    fleet.assertNothingLeft();
  }

  private static Order order(String script) {
    return new Order(1, script, "dir", Map.of("A", "b"), Optional.of(Duration.ofMinutes(5)), false);
  }

  private Running<Result> running(String script) {
    return TestFleet.run(() -> agent.sh(order(script), log::write));
  }

  private static void assertUnknown(Running<Result> step, String reason) {
    assertThat(step)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(Agent.ResultUnknown.class)
        .withMessageContaining(reason);
  }

  private static void assertNotDone(Running<Result> step, String reason) {
    assertThat(step)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(Agent.NotDone.class)
        .withMessageContaining(reason);
  }

  @Test
  void outputAndStatusComeAndAreAcknowledged() throws Exception {
    Running<Result> step = running("make");
    Start start = remote.wire().expect(Start.class);
    remote.output(ONE, 1, 0, "one\n");
    assertThat(remote.wire().expect(Ack.class)).isEqualTo(new Ack(ONE, 1));
    remote.output(ONE, 2, 4, "two\n");
    assertThat(remote.wire().expect(Ack.class)).isEqualTo(new Ack(ONE, 2));
    remote.exit(ONE, 3, 7);

    assertThat(step.get(10, TimeUnit.SECONDS)).isEqualTo(new Result(7, ""));
    assertThat(remote.wire().expect(Ack.class)).isEqualTo(new Ack(ONE, 3));
    assertThat(log.toString(UTF_8)).isEqualTo("one\ntwo\n");
    assertThat(start.script()).isEqualTo("make");
    assertThat(start.dir()).isEqualTo("dir");
    assertThat(start.environment()).containsExactly(Map.entry("A", "b"));
    assertThat(start.timeout()).contains(Duration.ofMinutes(5));
  }

  @Test
  void capturedOutputIsPartOfTheResult() throws Exception {
    Running<Result> step =
        TestFleet.run(
            () -> agent.sh(new Order(1, "date", "", Map.of(), Optional.empty(), true), log::write));
    assertThat(remote.wire().expect(Start.class).capture()).isTrue();
    remote.wire().say(new Exit(ONE, 1, new Outcome.Exited(0), Optional.of("today\n")));

    assertThat(step.get(10, TimeUnit.SECONDS)).isEqualTo(new Result(0, "today\n"));
  }

  @Test
  void masksGoWithTheNextStep() {
    agent.mask(List.of("hunter2"));
    var _ = running("make");

    assertThat(remote.wire().expect(Start.class).masks()).containsExactly("hunter2");
    remote.exit(ONE, 1, 0);
  }

  @Test
  void whatDidNotRunToItsEndIsSaid() {
    for (Outcome outcome :
        List.of(
            new Outcome.TimedOut(),
            new Outcome.NotStarted("no credentials"),
            new Outcome.Ended("too much output"),
            new Outcome.Cancelled())) {
      Running<Result> step = running("make");
      remote.wire().expect(Start.class);
      remote.wire().say(new Exit(ONE, 1, outcome, Optional.empty()));
      assertNotDone(step, "step");
      remote.wire().expect(Ack.class);
    }
    Running<Result> step = running("make");
    remote.wire().expect(Start.class);
    remote.wire().say(new Exit(ONE, 1, new Outcome.Unknown("started again"), Optional.empty()));
    assertUnknown(step, "started again");
  }

  @Test
  void orderBeyondTheProtocolsLimitsIsNotSent() {
    assertNotDone(running("x".repeat(Protocol.MAX_SCRIPT + 1)), "script");
    assertThat(remote.wire().inbox).noneMatch(Start.class::isInstance);
  }

  @Test
  void interruptedStepIsCancelledOnTheAgentFirst() {
    Running<Result> step = running("sleep 1000");
    remote.wire().expect(Start.class);
    step.thread.interrupt();
    assertThat(remote.wire().expect(Cancel.class).step()).isEqualTo(ONE);
    assertThat(step.isDone()).isFalse();
    remote.output(ONE, 1, 0, "Terminated\n");
    remote.wire().say(new Exit(ONE, 2, new Outcome.Cancelled(), Optional.empty()));

    assertThat(step)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(InterruptedException.class);
    assertThat(log.toString(UTF_8)).isEqualTo("Terminated\n");
  }

  @Test
  void agentComesBackAndGoesOnWhereItWas() throws Exception {
    Running<Result> step = running("make");
    remote.wire().expect(Start.class);
    remote.output(ONE, 1, 0, "one\n");
    remote.wire().breakOff();

    Resumed resumed = remote.resume(Map.of(ONE, 3L));
    assertThat(resumed.acknowledged()).containsExactly(Map.entry(ONE, 1L));
    assertThat(remote.wire().expect(Start.class).script()).isEqualTo("make");
    remote.output(ONE, 1, 0, "one\n");
    remote.output(ONE, 2, 4, "two\n");
    remote.exit(ONE, 3, 0);

    assertThat(step.get(10, TimeUnit.SECONDS).status()).isZero();
    assertThat(log.toString(UTF_8)).isEqualTo("one\ntwo\n");
  }

  @Test
  void stepOrderedWhileTheAgentIsAwayStartsWhenItIsBack() throws Exception {
    remote.wire().breakOff();
    Running<Result> step = running("make");
    await().until(() -> step.thread.getState() == Thread.State.WAITING);

    remote.resume(Map.of());
    remote.wire().expect(Start.class);
    remote.exit(ONE, 1, 0);

    assertThat(step.get(10, TimeUnit.SECONDS).status()).isZero();
  }

  @Test
  void cancelGivenWhileTheAgentIsAwayReachesIt() {
    Running<Result> step = running("sleep 1000");
    remote.wire().expect(Start.class);
    remote.wire().breakOff();
    step.thread.interrupt();
    await().until(() -> step.thread.getState() == Thread.State.TIMED_WAITING);

    remote.resume(Map.of(ONE, 0L));
    remote.wire().expect(Start.class);
    remote.wire().expect(Cancel.class);
    remote.wire().say(new Exit(ONE, 1, new Outcome.Cancelled(), Optional.empty()));

    assertThat(step)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void outputOfAStepThatNobodyWaitsForIsAcknowledged() {
    remote.output(new StepId("99"), 5, 100, "late");
    assertThat(remote.wire().expect(Ack.class)).isEqualTo(new Ack(new StepId("99"), 5));
    remote.exit(new StepId("99"), 6, 0);
    assertThat(remote.wire().expect(Ack.class)).isEqualTo(new Ack(new StepId("99"), 6));
    remote.wire().breakOff();
    assertThat(remote.resume(Map.of(new StepId("99"), 5L)).acknowledged())
        .containsEntry(new StepId("99"), 5L);
  }

  @Test
  void missingFramesMakeTheAgentSendAgain() throws Exception {
    Running<Result> step = running("make");
    remote.wire().expect(Start.class);
    remote.output(ONE, 2, 4, "two\n");
    assertThat(remote.wire().closed).isEqualTo(1002);
    remote.wire().session().onClosed();

    remote.resume(Map.of(ONE, 2L));
    remote.output(ONE, 1, 0, "one\n");
    remote.output(ONE, 2, 4, "two\n");
    remote.exit(ONE, 3, 0);

    assertThat(step.get(10, TimeUnit.SECONDS).status()).isZero();
    assertThat(log.toString(UTF_8)).isEqualTo("one\ntwo\n");
  }

  @Test
  void newConnectionReplacesOneThatOnlySeemsToLive() throws Exception {
    Running<Result> step = running("make");
    Wire stale = remote.wire();
    stale.expect(Start.class);
    remote.resume(Map.of(ONE, 0L));
    assertThat(stale.closed).isNotZero();
    stale.say(new Exit(ONE, 1, new Outcome.Exited(9), Optional.empty()));
    stale.session().onClosed();
    remote.exit(ONE, 1, 0);

    assertThat(step.get(10, TimeUnit.SECONDS).status()).isZero();
  }

  @Test
  void strangerCannotResumeTheSession() throws Exception {
    Running<Result> step = running("make");
    remote.wire().expect(Start.class);
    FakeAgent thief =
        new FakeAgent(
            fleet.fleet.gateway(),
            fleet.identities,
            remote.launch,
            TestFleet.identity(fleet.task()));
    thief.registered = remote.registered();
    Wire wire = thief.connect();
    wire.say(thief.resumption(thief.challenge(wire), Map.of()));

    wire.expect(Refused.class);
    assertThat(fleet.audited("registration-refused").getLast().details().get("reason"))
        .isEqualTo("the session's key did not sign");
    remote.exit(ONE, 1, 0);
    assertThat(step.get(10, TimeUnit.SECONDS).status()).isZero();
  }

  @Test
  void resumptionSignedForAnotherNonceIsRefused() {
    Wire first = remote.connect();
    var earlier = remote.resumption(remote.challenge(first), Map.of());
    Wire second = remote.connect();
    remote.challenge(second);
    second.say(earlier);

    second.expect(Refused.class);
    remote.wire().breakOff();
    assertThat(SessionKey.generate().publicKey()).isNotEqualTo(remote.key.publicKey());
    remote.resume(Map.of());
  }

  @Test
  void agentThatStaysAwayIsLostAndItsTaskStopped() {
    Running<Result> step = running("make");
    remote.wire().expect(Start.class);
    remote.wire().breakOff();
    fleet.clock.advance(Duration.ofSeconds(61));

    assertUnknown(step, "nothing was heard of it for 60 s");
    fleet.awaitState(LaunchState.Failed.class);
    await().untilAsserted(fleet::assertNothingLeft);
    Wire late = remote.connect();
    late.say(remote.resumption(remote.challenge(late), Map.of()));
    late.expect(Refused.class);
    assertThatThrownBy(() -> agent.exists(2, "x")).isInstanceOf(Agent.NotDone.class);
  }

  @Test
  void taskThatStoppedSaysWhyTheResultIsUnknown() {
    Running<Result> step = running("make");
    remote.wire().expect(Start.class);
    fleet.tasks.die(fleet.task().arn(), FailureClass.TRANSIENT, "Your Spot Task was interrupted.");
    remote.wire().breakOff();

    assertUnknown(step, "Your Spot Task was interrupted.");
    fleet.awaitState(LaunchState.Failed.class);
  }

  @Test
  void silentAgentIsCutOffAndMayComeBack() throws Exception {
    Running<Result> step = running("make");
    Wire silent = remote.wire();
    silent.expect(Start.class);
    fleet.clock.advance(Duration.ofSeconds(4));
    await().until(() -> silent.closed != 0);

    remote.resume(Map.of(ONE, 0L));
    remote.exit(ONE, 1, 0);
    assertThat(step.get(10, TimeUnit.SECONDS).status()).isZero();
  }

  @Test
  void strangerThatSaysNothingIsCutOff() {
    Wire silent =
        new FakeAgent(
                fleet.fleet.gateway(),
                fleet.identities,
                remote.launch,
                TestFleet.identity(fleet.task()))
            .connect();
    remote.wire().say(new AgentMessage.Pong());
    fleet.clock.advance(Duration.ofSeconds(61));

    await().until(() -> silent.closed != 0);
  }

  @Test
  void agentThatBreaksTheProtocolIsNotTrustedAnyMore() {
    Running<Result> step = running("make");
    remote.wire().expect(Start.class);
    remote.wire().session().onText("{\"type\":\"exit\",\"step\":\"1\"}");

    assertUnknown(step, "does not keep to the protocol");
    await().untilAsserted(fleet::assertNothingLeft);
    assertThat(fleet.onlyLaunch().state())
        .isInstanceOfSatisfying(
            LaunchState.Failed.class,
            failed -> assertThat(failed.kind()).isEqualTo(FailureClass.IDENTITY));
  }

  @Test
  void outputThatContradictsItselfIsNotBelieved() {
    Running<Result> step = running("make");
    remote.wire().expect(Start.class);
    remote.output(ONE, 1, 1000, "forged");

    assertUnknown(step, "contradicts itself");
    assertThat(log.size()).isZero();
  }

  @Test
  void logThatCannotBeWrittenFailsTheStepAndStopsIt() {
    Running<Result> step =
        TestFleet.run(() ->
            agent.sh(
                order("make"),
                (_, _, _) -> {
                  throw new IllegalStateException("disk full");
                }));
    remote.wire().expect(Start.class);
    remote.output(ONE, 1, 0, "one\n");

    remote.wire().expect(Cancel.class);
    assertThat(step)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withMessageContaining("disk full");
  }

  @Test
  void closeUnderARunningStepSaysThatItsResultIsUnknown() {
    Running<Result> step = running("make");
    remote.wire().expect(Start.class);
    remote.serve();
    agent.close();

    assertUnknown(step, "ended");
    await().untilAsserted(fleet::assertNothingLeft);
  }

  @Test
  void filesAreReadAndWritten() throws Exception {
    Running<Optional<Agent.TextFile>> reading = TestFleet.run(() -> agent.readFile(1, "a.txt"));
    ReadFile read = remote.wire().expect(ReadFile.class);
    assertThat(read.path()).isEqualTo("a.txt");
    ByteBuffer text = ByteBuffer.wrap("text".getBytes(UTF_8));
    remote.wire().say(new FileContent(read.request(), text, List.of("ex")));
    assertThat(reading.get(10, TimeUnit.SECONDS))
        .hasValueSatisfying(file -> {
          assertThat(file.content()).isEqualTo("text".getBytes(UTF_8));
          assertThat(file.secrets()).containsExactly("ex");
        });

    Running<Boolean> writing =
        TestFleet.run(() -> {
          agent.writeFile(2, "b.txt", "more".getBytes(UTF_8));
          return true;
        });
    WriteFile write = remote.wire().expect(WriteFile.class);
    assertThat(UTF_8.decode(write.content()).toString()).isEqualTo("more");
    remote.wire().say(new FileState(write.request(), true));
    assertThat(writing.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void fileThatIsNotThereIsEmptyAndOneThatCannotBeReadIsAnError() throws Exception {
    for (boolean exists : List.of(false, true)) {
      Running<Optional<Agent.TextFile>> reading = TestFleet.run(() -> agent.readFile(1, "a.txt"));
      ReadFile read = remote.wire().expect(ReadFile.class);
      remote.wire().say(new FileFailed(read.request(), "larger than 1 MiB"));
      FileExists question = remote.wire().expect(FileExists.class);
      remote.wire().say(new FileState(question.request(), exists));
      if (exists) {
        assertThat(reading)
            .failsWithin(Duration.ofSeconds(10))
            .withThrowableThat()
            .withMessageContaining("larger than 1 MiB");
      } else {
        assertThat(reading.get(10, TimeUnit.SECONDS)).isEmpty();
      }
    }
  }

  @Test
  void questionIsAskedAgainWhenTheAgentComesBack() throws Exception {
    Running<Boolean> asking = TestFleet.run(() -> agent.exists(1, "a"));
    ControllerMessage first = remote.wire().expect(FileExists.class);
    remote.wire().breakOff();
    remote.resume(Map.of());
    FileExists again = remote.wire().expect(FileExists.class);

    assertThat(again).isEqualTo(first);
    remote.wire().say(new FileState(again.request(), true));
    assertThat(asking.get(10, TimeUnit.SECONDS)).isTrue();
  }
}
