package dev.deputy.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deputy.core.FailureClass;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchState;
import dev.deputy.fleet.TestFleet.Running;
import dev.deputy.testkit.InMemoryTasks.Task;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CancellationTest {
  private final TestFleet fleet = new TestFleet();

  private void assertCancelled(Running<Agent> acquiring) {
    acquiring.thread.interrupt();
    assertThat(acquiring)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(InterruptedException.class);
    fleet.assertNothingLeft();
    assertThat(fleet.onlyLaunch().state())
        .isInstanceOfAny(LaunchState.Stopped.class, LaunchState.Failed.class);
    fleet.close();
  }

  /** Interrupts it, and returns once the launch was told that nobody needs it. */
  private static void cancel(Running<Agent> acquiring) {
    acquiring.thread.interrupt();
    await()
        .until(() ->
            Arrays.stream(acquiring.thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("awaitEnd")));
  }

  @Test
  void whileAccessIsAsked() throws Exception {
    var asked = new CountDownLatch(1);
    var answer = new CountDownLatch(1);
    fleet.atGate.put(
        AccessGate.Moment.LAUNCH,
        () -> {
          asked.countDown();
          Threads.await(answer);
        });
    fleet.start();
    Running<Agent> acquiring = fleet.acquiring();
    asked.await();
    cancel(acquiring);
    answer.countDown();

    assertCancelled(acquiring);
    assertThat(fleet.tasks.requests()).isEmpty();
  }

  @Test
  void whileRunTaskIsUnderWay() throws Exception {
    var calling = new CountDownLatch(1);
    var answer = new CountDownLatch(1);
    fleet.tasks.onRun(_ -> {
      calling.countDown();
      Threads.await(answer);
    });
    fleet.start();
    Running<Agent> acquiring = fleet.acquiring();
    calling.await();
    cancel(acquiring);
    answer.countDown();

    assertCancelled(acquiring);
    assertThat(fleet.tasks.tasks()).hasSize(1);
  }

  @Test
  void whileWaitingForCapacity() {
    fleet.start();
    fleet.tasks.outOfCapacity(true);
    Running<Agent> acquiring = fleet.acquiring();
    await().until(() -> fleet.tasks.requests().size() > 2);

    assertCancelled(acquiring);
    assertThat(fleet.onlyLaunch().state())
        .isInstanceOfSatisfying(
            LaunchState.Failed.class,
            failed -> assertThat(failed.kind()).isEqualTo(FailureClass.CANCELLED));
  }

  @Test
  void whileTheAnswerOfRunTaskIsLost() throws Exception {
    fleet.start();
    fleet.tasks.loseNextAnswer();
    var heard = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    AgentEvents slow =
        new TestFleet.Listening() {
          @Override
          public void waiting(Launch launch, String reason) {
            heard.countDown();
            Threads.await(goOn);
          }
        };
    Running<Agent> acquiring = TestFleet.run(() -> fleet.fleet.acquire(fleet.need(), slow));
    heard.await();
    cancel(acquiring);
    goOn.countDown();

    assertCancelled(acquiring);
    assertThat(fleet.tasks.tasks()).hasSize(1);
    assertThat(fleet.audited("task-reaped")).hasSize(1);
  }

  @Test
  void whileTheTaskIsPending() {
    fleet.start();
    Running<Agent> acquiring = fleet.acquiring();
    fleet.awaitState(LaunchState.Submitted.class);

    assertCancelled(acquiring);
    assertThat(fleet.onlyLaunch().state()).isInstanceOf(LaunchState.Stopped.class);
  }

  @Test
  void whileTheAgentRegisters() throws Exception {
    var asked = new CountDownLatch(1);
    var answer = new CountDownLatch(1);
    fleet.atGate.put(
        AccessGate.Moment.ASSIGNMENT,
        () -> {
          asked.countDown();
          Threads.await(answer);
        });
    fleet.start();
    Running<Agent> acquiring = fleet.acquiring();
    Task task = fleet.task();
    fleet.awaitState(LaunchState.Submitted.class);
    FakeAgent agent = fleet.agent(task);
    var wire = agent.connect();
    var proof = agent.proof(agent.challenge(wire), fleet.clock.instant());
    Thread registering = Thread.ofVirtual().start(() -> agent.register(wire, proof));
    asked.await();
    acquiring.thread.interrupt();
    fleet.awaitState(LaunchState.Stopped.class);
    answer.countDown();
    registering.join();

    assertThat(wire.closed).isNotZero();
    assertCancelled(acquiring);
  }

  @Test
  void whileTheAgentIsNotReady() {
    fleet.start();
    Running<Agent> acquiring = fleet.acquiring();
    Task task = fleet.task();
    fleet.awaitState(LaunchState.Submitted.class);
    fleet.agent(task).register(fleet.clock.instant()).serve();

    assertCancelled(acquiring);
  }

  @Test
  void closingTheFleetEndsEverything() throws Exception {
    fleet.start().withAgents();
    fleet.acquire();
    fleet.tasks.onRun(_ -> {});
    Running<Agent> pending = fleet.acquiring();
    await().until(() -> fleet.tasks.tasks().size() == 2);

    fleet.close();

    fleet.assertNothingLeft();
    assertThat(pending)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(LaunchFailed.class);
  }

  @Test
  void interruptDuringTheCloseOfAnAgentDoesNotCutItShort() throws Exception {
    fleet.start().withAgents(agent -> {}); // none says goodbye
    fleet.tasks.slowStops(true);
    Agent agent = fleet.acquire();
    Running<Boolean> closing =
        TestFleet.run(() -> {
          agent.close();
          return Thread.currentThread().isInterrupted();
        });
    await().until(() -> fleet.task().lastStatus().equals("STOPPING"));
    closing.thread.interrupt();
    fleet.tasks.confirmStopped(fleet.task().arn());

    assertThat(closing.get(10, TimeUnit.SECONDS)).isTrue();
    fleet.assertNothingLeft();
    fleet.close();
  }
}
