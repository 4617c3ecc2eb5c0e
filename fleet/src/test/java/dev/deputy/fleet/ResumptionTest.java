package dev.deputy.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.FailureClass;
import dev.deputy.core.LaunchState;
import dev.deputy.fleet.Agent.Order;
import dev.deputy.fleet.Agent.Result;
import dev.deputy.fleet.TestFleet.Running;
import dev.deputy.protocol.AgentMessage.TransferDone;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.ControllerMessage.Ack;
import dev.deputy.protocol.ControllerMessage.GetFiles;
import dev.deputy.protocol.ControllerMessage.Refused;
import dev.deputy.protocol.ControllerMessage.Resumed;
import dev.deputy.protocol.ControllerMessage.Start;
import dev.deputy.protocol.StepId;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The controller was killed and is started again; the agent was there all the time. */
@Timeout(60)
class ResumptionTest {
  private static final StepId ONE = new StepId("1");
  private static final int TRY_AGAIN_LATER = 1013;

  private final TestFleet before = new TestFleet();
  private final Log log = new Log();
  private FakeAgent remote;
  private Agents.Assigned assigned;
  private Fleet after;

  /** Whether the agent is connected, and hears that it is to stop. */
  private boolean back;

  /** Keeps whole lines only. */
  private static final class Log implements Agent.Output {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int received;
    private int kept;

    @Override
    public synchronized void write(byte[] piece, int offset, int length) {
      bytes.write(piece, offset, length);
      int line = text().lastIndexOf('\n') + 1;
      kept = Math.max(kept, line);
    }

    synchronized String text() {
      return bytes.toString(UTF_8);
    }

    @Override
    public synchronized long received() {
      return received;
    }

    @Override
    public synchronized long kept() {
      return (long) received + kept;
    }

    @Override
    public synchronized void end() {
      kept = bytes.size();
    }
  }

  @BeforeEach
  void kill() throws Exception {
    before.start();
    Running<Agent> acquiring = before.acquiring();
    var task = before.task();
    before.awaitState(LaunchState.Submitted.class);
    remote = before.agent(task).register(before.clock.instant()).ready();
    assigned = acquiring.get(10, TimeUnit.SECONDS).assigned();
    after = before.successorThatGoesOn();
    remote.moveTo(after.gateway());
  }

  @AfterEach
  void close() {
    if (back) {
      remote.serve();
    }
    after.close();
    before.assertNothingLeft();
  }

  private Resumed comeBack(Map<StepId, Long> lastSeq) {
    back = true;
    return remote.resume(lastSeq);
  }

  private Agent resumed() {
    Agent agent = after.resume(before.need(), assigned, before.listener());
    after.resumed(before.build);
    return agent;
  }

  private Running<Result> running(Agent agent) {
    var order = new Order(1, "make", "", Map.of(), Optional.of(Duration.ofMinutes(5)), false);
    return TestFleet.run(() -> agent.sh(order, log));
  }

  @Test
  void anAgentThatIsTooEarlyIsToComeAgain() {
    FakeAgent.Wire early = remote.connect();
    early.say(remote.resumption(remote.challenge(early), Map.of()));
    assertThat(early.poll()).isEmpty();
    assertThat(early.closed).isEqualTo(TRY_AGAIN_LATER);
    resumed();
    assertThat(comeBack(Map.of())).isEqualTo(new Resumed(Map.of()));
  }

  @Test
  void anAgentThatComesBeforeTheControllerHasLookedAroundIsToComeAgain() {
    Fleet early = before.notStarted();
    remote.moveTo(early.gateway());
    FakeAgent.Wire wire = remote.connect();
    wire.say(remote.resumption(remote.challenge(wire), Map.of()));
    assertThat(wire.poll()).isEmpty();
    assertThat(wire.closed).isEqualTo(TRY_AGAIN_LATER);
    early.close();
    remote.moveTo(after.gateway());
    resumed();
    comeBack(Map.of());
  }

  /** However the agent's knock falls between the steps of the build's asking for it. */
  @Test
  void anAgentThatIsBeingAskedForIsNeverRefused() throws Exception {
    Running<Agent> asking = TestFleet.run(this::resumed);
    while (true) {
      FakeAgent.Wire wire = remote.connect();
      wire.say(remote.resumption(remote.challenge(wire), Map.of()));
      Optional<ControllerMessage> answer = wire.poll();
      assertThat(answer.filter(Refused.class::isInstance)).isEmpty();
      if (answer.isPresent()) {
        break;
      }
    }
    asking.get(10, TimeUnit.SECONDS);
    back = true;
  }

  @Test
  void whatIsAskedOfAnAgentThatIsKnownToBeGoneSaysSo() {
    Agent agent = resumed();
    Running<Result> lost = running(agent);
    before.tasks.die(before.task().arn(), FailureClass.TASK_DIED, "killed by somebody");
    assertThat(lost).failsWithin(Duration.ofSeconds(10));
    assertThat(running(agent))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(Agent.Gone.class)
        .withMessageContaining("the agent is gone: ");
  }

  /** What is ordered before the agent is back reaches it when it is. */
  @Test
  void anArchiveThatIsWantedBeforeTheAgentIsBackIsFetched() throws Exception {
    Agent agent = resumed();
    Running<Boolean> delivering =
        TestFleet.run(() -> {
          agent.deliver(3, "dir", out -> out.write("archive".getBytes(UTF_8)));
          return true;
        });
    comeBack(Map.of());
    GetFiles order = remote.wire().expect(GetFiles.class);
    var got = new ByteArrayOutputStream();
    assertThat(after.transfers().send(order.transfer().value(), token(), () -> got))
        .isEqualTo(AgentTransfers.Answer.DONE);
    remote.wire().say(new TransferDone(order.transfer(), 1, 7, Optional.empty()));
    assertThat(delivering.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(got.toString(UTF_8)).isEqualTo("archive");
  }

  private String token() {
    return remote.registered().token();
  }

  @Test
  void aScriptGoesOnWhereTheLogEnds() throws Exception {
    log.received = 4;
    Running<Result> step = running(resumed());
    assertThat(comeBack(Map.of(ONE, 3L)).acknowledged()).containsExactly(Map.entry(ONE, 0L));
    assertThat(remote.wire().expect(Start.class).step()).isEqualTo(ONE);
    remote.output(ONE, 2, 2, "e\ntwo\n");
    assertThat(remote.wire().expect(Ack.class)).isEqualTo(new Ack(ONE, 2));
    remote.exit(ONE, 3, 7);
    assertThat(step.get(10, TimeUnit.SECONDS)).isEqualTo(new Result(7, ""));
    assertThat(log.text()).isEqualTo("two\n");
  }

  @Test
  void whatCameBeforeTheBuildAskedComesAgain() throws Exception {
    Agent agent = resumed();
    comeBack(Map.of(ONE, 3L));
    remote.output(ONE, 1, 0, "one\n");
    remote.output(ONE, 2, 4, "two\n");
    Running<Result> step = running(agent);
    FakeAgent.Wire stale = remote.wire();
    assertThat(stale.poll()).as("nothing is acknowledged").isEmpty();
    assertThat(comeBack(Map.of(ONE, 3L)).acknowledged()).containsExactly(Map.entry(ONE, 0L));
    remote.wire().expect(Start.class);
    remote.output(ONE, 1, 0, "one\n");
    remote.output(ONE, 2, 4, "two\n");
    remote.exit(ONE, 3, 0);
    assertThat(step.get(10, TimeUnit.SECONDS)).isEqualTo(new Result(0, ""));
    assertThat(log.text()).isEqualTo("one\ntwo\n");
  }

  @Test
  void anExitThatCameBeforeTheBuildAskedIsSaidAgain() throws Exception {
    Agent agent = resumed();
    comeBack(Map.of(ONE, 1L));
    remote.exit(ONE, 1, 5);
    Running<Result> step = running(agent);
    remote.wire().expect(Start.class);
    remote.exit(ONE, 1, 5);
    assertThat(step.get(10, TimeUnit.SECONDS)).isEqualTo(new Result(5, ""));
  }

  @Test
  void whatIsNotKeptIsNotAcknowledged() throws Exception {
    Running<Result> step = running(resumed());
    comeBack(Map.of());
    remote.wire().expect(Start.class);
    remote.output(ONE, 1, 0, "half of");
    assertThat(remote.wire().expect(Ack.class)).isEqualTo(new Ack(ONE, 0));
    remote.output(ONE, 2, 7, " a line\n");
    assertThat(remote.wire().expect(Ack.class)).isEqualTo(new Ack(ONE, 2));
    remote.exit(ONE, 3, 0);
    step.get(10, TimeUnit.SECONDS);
  }

  @Test
  void anAgentThatDoesNotComeBackLeavesTheResultUnknown() {
    Running<Result> step = running(resumed());
    before.tasks.die(before.task().arn(), FailureClass.TASK_DIED, "killed by somebody");
    assertThat(step)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(Agent.ResultUnknown.class);
  }

  @Test
  void anAgentThatTheBuildDoesNotAskForIsEnded() throws Exception {
    after.resumed(before.build);
    before.awaitState(LaunchState.Stopped.class);
  }

  @Test
  void anAgentWithAnotherKeyIsRefused() {
    resumed();
    var thief =
        new FakeAgent(
            after.gateway(), before.identities, remote.launch, TestFleet.identity(before.task()));
    thief.registered = remote.registered();
    FakeAgent.Wire wire = thief.connect();
    wire.say(thief.resumption(thief.challenge(wire), Map.of()));
    assertThat(wire.next()).isInstanceOf(Refused.class);
  }
}
