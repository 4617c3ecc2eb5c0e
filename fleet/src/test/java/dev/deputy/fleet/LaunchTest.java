package dev.deputy.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.deputy.core.FailureClass;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchId;
import dev.deputy.core.LaunchState;
import dev.deputy.core.Tasks.RunRequest;
import dev.deputy.core.TemplateName;
import dev.deputy.fleet.FakeAgent.Wire;
import dev.deputy.fleet.TestFleet.Running;
import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.testkit.InMemoryTasks.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaunchTest {
  private final TestFleet fleet = new TestFleet();

  @AfterEach
  void close() {
    fleet.close();
    fleet.assertNothingLeft();
  }

  private static void assertFailed(Running<Agent> acquiring, FailureClass kind, String reason) {
    assertThat(acquiring)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            LaunchFailed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(kind);
              assertThat(failed).hasMessageContaining(reason);
            });
  }

  @Test
  void oneNeedIsOneTaskWithoutASecret() throws Exception {
    fleet.start().withAgents();

    Agent agent = fleet.acquire();

    RunRequest request = fleet.tasks.requests().getFirst();
    assertThat(fleet.tasks.requests()).hasSize(1);
    assertThat(request.launch()).isEqualTo(agent.launch().id());
    assertThat(request.startedBy()).isEqualTo(TestFleet.CONTROLLER);
    assertThat(request.environment())
        .containsOnlyKeys("DEPUTY_URL", "DEPUTY_LAUNCH", "DEPUTY_SERVER")
        .containsEntry("DEPUTY_URL", "ws://controller.example:8080");
    assertThat(request.tags())
        .containsEntry("deputy:job", "examples/dtap")
        .containsEntry("deputy:build", "1")
        .containsEntry("deputy:stage", "Deploy _prod_")
        .containsEntry("deputy:template", "production")
        .containsEntry("deputy:launch", agent.launch().id().value());
  }

  @Test
  void launchIsStoredAndAuditedBeforeItsTaskRuns() {
    List<Launch> seen = new ArrayList<>();
    fleet.start();
    fleet.tasks.onRun(_ -> seen.addAll(fleet.launches.live()));
    var _ = fleet.acquiring();
    await().until(() -> !seen.isEmpty());

    assertThat(seen.getFirst().state()).isEqualTo(new LaunchState.Requested());
    assertThat(fleet.audited("launch-requested").getFirst().details())
        .containsEntry("grant", "dtap-production");
  }

  @Test
  void buildGoesOnOnceTheAgentSaysThatNothingRunsThereAnyMore() throws Exception {
    fleet.start().withAgents();
    fleet.tasks.slowStops(true);
    Agent agent = fleet.acquire();

    agent.close();

    await().until(() -> fleet.task().lastStatus().equals("STOPPING"));
    assertThat(fleet.onlyLaunch().state()).isInstanceOf(LaunchState.Stopping.class);
    fleet.tasks.confirmStopped(fleet.task().arn());
    fleet.awaitState(LaunchState.Stopped.class);
    assertThat(fleet.audited("task-stopped")).hasSize(1);
    agent.close();
    assertThat(fleet.audited("task-stopped")).hasSize(1);
  }

  @Test
  void buildWaitsForTheTaskOfAnAgentThatDoesNotSayGoodbye() throws Exception {
    fleet.start().withAgents(agent -> {});
    fleet.tasks.slowStops(true);
    Agent agent = fleet.acquire();

    Running<Boolean> closing =
        TestFleet.run(() -> {
          agent.close();
          return true;
        });
    fleet.awaitState(LaunchState.Stopping.class);
    await().until(() -> fleet.task().lastStatus().equals("STOPPING"));
    assertThat(closing.isDone()).isFalse();
    fleet.tasks.confirmStopped(fleet.task().arn());

    assertThat(closing.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(fleet.onlyLaunch().state()).isInstanceOf(LaunchState.Stopped.class);
    assertThat(fleet.audited("task-stopped")).hasSize(1);
    agent.close();
    assertThat(fleet.audited("task-stopped")).hasSize(1);
  }

  @Test
  void agentIsToldToStopBeforeItsTaskIs() throws Exception {
    List<String> statusAtStop = new ArrayList<>();
    try (var patient = new TestFleet(waitingForGoodbyes())) {
      patient.start();
      patient.withAgents(agent -> {
        agent.wire().expect(ControllerMessage.Stop.class);
        statusAtStop.add(patient.task().lastStatus());
        agent.wire().say(new AgentMessage.Bye("stopped"));
      });

      patient.acquire().close();
    }
    assertThat(statusAtStop).containsExactly("PENDING");
  }

  private static FleetSettings waitingForGoodbyes() {
    FleetSettings usual = TestFleet.settings();
    return new FleetSettings(
        usual.launching(),
        usual.connecting(),
        new FleetSettings.Stopping(
            usual.stopping().cancelGrace(),
            Duration.ofMinutes(1),
            usual.stopping().timeout(),
            usual.stopping().reapInterval()));
  }

  @Test
  void accessIsAskedBeforeRunTask() {
    fleet.start();
    fleet.refusals.put(AccessGate.Moment.LAUNCH, "no grant");

    assertThatThrownBy(fleet::acquire)
        .isInstanceOf(Agents.AccessRefused.class)
        .hasMessage("no grant");
    assertThat(fleet.tasks.requests()).isEmpty();
    assertThat(fleet.onlyLaunch().state())
        .isInstanceOfSatisfying(
            LaunchState.Failed.class,
            failed -> assertThat(failed.kind()).isEqualTo(FailureClass.ACCESS));
  }

  @Test
  void templateThatIsNotDeployedIsSaidAtOnce() {
    fleet.start();
    Need need = new Need(fleet.build, "Test", new TemplateName("unknown"), "grant");

    assertThatThrownBy(() -> fleet.fleet.acquire(need, fleet.listener()))
        .isInstanceOf(LaunchFailed.class)
        .hasMessageContaining("unknown");
  }

  @Test
  void capacityIsWaitedForAndTheOwnerHearsWhy() throws Exception {
    fleet.start().withAgents();
    fleet.tasks.outOfCapacity(true);
    Running<Agent> acquiring = fleet.acquiring();
    await().until(() -> fleet.tasks.requests().size() > 3);
    fleet.tasks.outOfCapacity(false);

    acquiring.get(10, TimeUnit.SECONDS);

    assertThat(fleet.events).filteredOn(e -> e.startsWith("waiting")).hasSize(1);
    assertThat(fleet.events.peek()).contains("RESOURCE:MEMORY");
    assertThat(fleet.tasks.tasks()).hasSize(1);
  }

  @Test
  void capacityIsNotWaitedForWithoutEnd() {
    fleet.start();
    fleet.tasks.outOfCapacity(true);
    Running<Agent> acquiring = fleet.acquiring();
    await().until(() -> fleet.tasks.requests().size() > 3);
    assertThat(acquiring.isDone()).isFalse();

    fleet.clock.advance(Duration.ofMinutes(10));

    assertFailed(acquiring, FailureClass.CAPACITY, "RESOURCE:MEMORY");
  }

  @Test
  void throttlingIsWaitedOut() throws Exception {
    fleet.start().withAgents();
    fleet.tasks.failNext(FailureClass.THROTTLED, "ThrottlingException: Rate exceeded");
    fleet.tasks.failNext(FailureClass.TRANSIENT, "connection reset");

    fleet.acquire();

    assertThat(fleet.tasks.requests()).hasSize(3);
    assertThat(new HashSet<>(fleet.tasks.requests())).hasSize(1);
  }

  @Test
  void misconfigurationIsSaidAtOnce() {
    fleet.start();
    fleet.tasks.failNext(FailureClass.MISCONFIGURED, "ClientException: no such revision");

    assertFailed(fleet.acquiring(), FailureClass.MISCONFIGURED, "no such revision");
    assertThat(fleet.tasks.requests()).hasSize(1);
  }

  @Test
  void refusalOfIamIsSaidAtOnce() {
    fleet.start();
    fleet.tasks.failNext(FailureClass.ACCESS, "AccessDeniedException: iam:PassRole");

    assertFailed(fleet.acquiring(), FailureClass.ACCESS, "iam:PassRole");
  }

  @Test
  void lostAnswerOfRunTaskIsNoSecondTask() throws Exception {
    fleet.start().withAgents();
    fleet.tasks.loseNextAnswer();

    Agent agent = fleet.acquire();

    assertThat(fleet.tasks.requests()).hasSize(2);
    assertThat(fleet.tasks.tasks()).hasSize(1);
    assertThat(agent.launch().state().task()).contains(fleet.task().arn());
  }

  @Test
  void agentThatIsFasterThanTheAnswerOfRunTaskIsLetIn() throws Exception {
    fleet.start();
    List<FakeAgent> early = new ArrayList<>();
    fleet.tasks.onRun(task -> {
      FakeAgent agent = fleet.agent(task);
      Wire wire = agent.connect();
      var proof = agent.proof(agent.challenge(wire), fleet.clock.instant());
      Thread.ofVirtual().start(() -> agent.register(wire, proof));
      early.add(agent);
    });
    Running<Agent> acquiring = fleet.acquiring();
    await().until(() -> !early.isEmpty());
    early.getFirst().wire().expect(ControllerMessage.Registered.class);
    early.getFirst().ready().serve();

    acquiring.get(10, TimeUnit.SECONDS);
  }

  @Test
  void taskThatEcsDoesNotShowYetIsNotDead() throws Exception {
    fleet.tasks.lag(Duration.ofSeconds(30));
    fleet.start();
    Running<Agent> acquiring = fleet.acquiring();
    Task task = fleet.task();
    fleet.awaitState(LaunchState.Submitted.class);
    fleet.clock.advance(Duration.ofSeconds(20));

    fleet.agent(task).register(fleet.clock.instant()).ready().serve();

    acquiring.get(10, TimeUnit.SECONDS);
    fleet.clock.advance(Duration.ofSeconds(20));
  }

  @Test
  void taskThatEcsNeverShowsIsGivenUp() {
    fleet.tasks.lag(Duration.ofDays(1));
    fleet.start();
    Running<Agent> acquiring = fleet.acquiring();
    fleet.awaitState(LaunchState.Submitted.class);
    fleet.tasks.forget(fleet.task().arn());
    fleet.clock.advance(Duration.ofMinutes(3));
    await()
        .until(() -> {
          fleet.clock.advance(Duration.ofMinutes(3));
          return acquiring.isDone();
        });

    assertFailed(acquiring, FailureClass.UNKNOWN, "does not know the task");
  }

  @Test
  void taskThatStopsBeforeItsAgentIsThereFailsTheLaunchAtOnce() {
    fleet.start();
    Running<Agent> acquiring = fleet.acquiring();
    fleet.tasks.die(
        fleet.task().arn(), FailureClass.IMAGE_PULL, "CannotPullContainerError: not found");

    assertFailed(acquiring, FailureClass.IMAGE_PULL, "CannotPullContainerError: not found");
    assertThat(fleet.tasks.tasks()).hasSize(1);
  }

  @Test
  void taskThatEndsByItselfIsNotLaunchedAgain() {
    fleet.start();
    Running<Agent> acquiring = fleet.acquiring();
    fleet.tasks.die(
        fleet.task().arn(), FailureClass.TASK_DIED, "Essential container in task exited");

    assertFailed(acquiring, FailureClass.TASK_DIED, "Essential container in task exited");
    assertThat(fleet.tasks.tasks()).hasSize(1);
  }

  @Test
  void taskThatAwsTakesAwayIsLaunchedOnceMore() throws Exception {
    fleet.start();
    Running<Agent> acquiring = fleet.acquiring();
    Task first = fleet.task();
    fleet.withAgents();
    fleet.tasks.die(first.arn(), FailureClass.TRANSIENT, "Your Spot Task was interrupted.");

    Agent agent = acquiring.get(10, TimeUnit.SECONDS);

    assertThat(fleet.tasks.tasks()).hasSize(2);
    assertThat(agent.launch().id()).isNotEqualTo(first.request().launch());
    assertThat(fleet.launches.find(first.request().launch()).orElseThrow().state())
        .isInstanceOf(LaunchState.Failed.class);
    assertThat(fleet.events).anyMatch(e -> e.contains("Spot") && e.startsWith("waiting"));
  }

  @Test
  void taskThatAwsTakesAwayTwiceFails() {
    fleet.start();
    fleet.tasks.onRun(
        task -> fleet.tasks.die(task.arn(), FailureClass.TRANSIENT, "Your Spot Task was …"));

    assertFailed(fleet.acquiring(), FailureClass.TRANSIENT, "Spot");
    assertThat(fleet.tasks.tasks()).hasSize(2);
  }

  @Test
  void launchTimeoutFires() {
    fleet.start();
    Running<Agent> acquiring = fleet.acquiring();
    fleet.awaitState(LaunchState.Submitted.class);
    fleet.tasks.running(fleet.task().arn());
    await()
        .until(() -> {
          fleet.clock.advance(Duration.ofMinutes(5));
          return acquiring.isDone();
        });

    assertFailed(acquiring, FailureClass.TIMEOUT, "900 s");
    fleet.assertNothingLeft();
  }

  @Test
  void registeredAgentThatIsNeverReadyTimesOut() {
    fleet.start();
    Running<Agent> acquiring = fleet.acquiring();
    Task task = fleet.task();
    fleet.awaitState(LaunchState.Submitted.class);
    fleet.agent(task).register(fleet.clock.instant()).serve();
    fleet.clock.advance(Duration.ofMinutes(16));

    assertFailed(acquiring, FailureClass.TIMEOUT, "900 s");
    fleet.assertNothingLeft();
  }

  @Test
  void twoHundredNeedsAtOnceAreTwoHundredTasks() throws Exception {
    fleet.start().withAgents();
    List<Running<Agent>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(fleet.acquiring());
    }
    Set<LaunchId> launches = new HashSet<>();
    for (Running<Agent> acquiring : all) {
      launches.add(acquiring.get(60, TimeUnit.SECONDS).launch().id());
    }

    assertThat(launches).hasSize(200);
    assertThat(fleet.tasks.requests()).hasSize(200);
    assertThat(fleet.tasks.tasks()).hasSize(200);
  }

  @Test
  void listenerThatFailsDisturbsNothing() throws Exception {
    fleet.start().withAgents();
    AgentEvents broken =
        new TestFleet.Listening() {
          @Override
          public void launching(Launch launch, String taskArn) {
            throw new IllegalStateException("listener");
          }
        };

    assertThat(fleet.fleet.acquire(fleet.need(), broken).workspace()).isEqualTo("/agent/space");
  }
}
