package dev.deputy.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.deputy.core.BuildState;
import dev.deputy.core.ControllerId;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchId;
import dev.deputy.core.LaunchState;
import dev.deputy.core.Tasks;
import dev.deputy.core.Tasks.RunAnswer;
import dev.deputy.core.Tasks.RunRequest;
import dev.deputy.testkit.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReaperTest {
  private static String run(TestFleet fleet, ControllerId controller) {
    var request =
        new RunRequest(
            new LaunchId(UUID.randomUUID().toString()),
            controller,
            "arn:aws:ecs:eu-west-1:000000000000:task-definition/other:1",
            Map.of(),
            Map.of());
    return ((RunAnswer.Started) fleet.tasks.run(request)).taskArn();
  }

  @Test
  void taskWithoutALaunchIsStoppedBeforeAnythingIsLaunched() {
    try (var fleet = new TestFleet()) {
      run(fleet, TestFleet.CONTROLLER);

      fleet.start();

      assertThat(fleet.task().ended()).isPresent();
      assertThat(fleet.audited("task-reaped")).hasSize(1);
    }
  }

  @Test
  void taskOfAnotherControllerIsNotTouched() {
    try (var fleet = new TestFleet()) {
      run(fleet, new ControllerId("controller-2"));

      fleet.start();

      assertThat(fleet.task().ended()).isEmpty();
    }
  }

  @Test
  void cloudThatCannotBeAskedStopsTheStart() {
    var faults = new FaultyPorts(4, false);
    var fleet = new TestFleet(TestFleet.settings(), faults::between);
    assertThatThrownBy(fleet::start).hasMessageContaining("fault before list");
    assertThatThrownBy(fleet::acquire).hasMessageContaining("not started");
    fleet.close();
  }

  @Test
  void launchInStoppingAfterACrashIsFinished() {
    try (var fleet = new TestFleet()) {
      String arn = run(fleet, TestFleet.CONTROLLER);
      Launch launch = Samples.launch(fleet.build);
      fleet.launches.create(launch, Samples.audit("launch-requested", fleet.build));
      Launch stopping =
          launch.next(new LaunchState.Submitted(arn)).next(new LaunchState.Stopping(arn));
      fleet.launches.update(
          launch.next(new LaunchState.Submitted(arn)), Samples.audit("x", fleet.build));
      fleet.launches.update(stopping, Samples.audit("x", fleet.build));

      fleet.start();

      await().atMost(10, TimeUnit.SECONDS).untilAsserted(fleet::assertNothingLeft);
      assertThat(fleet.onlyLaunch().state()).isInstanceOf(LaunchState.Stopped.class);
    }
  }

  @Test
  void launchWhoseTaskMayStillAppearIsLiveUntilItsTaskIsFoundAndGone() {
    try (var fleet = new TestFleet(TestFleet.reapingOften())) {
      Launch launch = Samples.launch(fleet.build);
      fleet.launches.create(launch, Samples.audit("launch-requested", fleet.build));
      fleet.tasks.lag(Duration.ofSeconds(30));
      fleet.tasks.run(
          new RunRequest(
              launch.id(),
              TestFleet.CONTROLLER,
              launch.taskDefinition(),
              Map.of(Tasks.LAUNCH_VARIABLE, launch.id().value()),
              Map.of()));
      fleet.tasks.slowStops(true);

      fleet.start();

      fleet.awaitState(LaunchState.Failing.class);
      fleet.clock.advance(Duration.ofSeconds(30));
      await().until(() -> fleet.task().lastStatus().equals("STOPPING"));
      assertThat(fleet.launches.live()).hasSize(1);
      fleet.tasks.confirmStopped(fleet.task().arn());
      await().atMost(10, TimeUnit.SECONDS).untilAsserted(fleet::assertNothingLeft);
      assertThat(fleet.onlyLaunch().state().task()).contains(fleet.task().arn());
    }
  }

  @Test
  void launchWhoseTaskDoesNotAppearIsOverAfterAWhile() {
    try (var fleet = new TestFleet(TestFleet.reapingOften())) {
      Launch launch = Samples.launch(fleet.build);
      fleet.launches.create(launch, Samples.audit("launch-requested", fleet.build));

      fleet.start();

      fleet.awaitState(LaunchState.Failing.class);
      fleet.clock.advance(TestFleet.settings().launching().missingGrace());
      await().atMost(10, TimeUnit.SECONDS).untilAsserted(fleet::assertNothingLeft);
      assertThat(fleet.audited("no-task-started")).hasSize(1);
    }
  }

  @Test
  void launchOfABuildThatHasEndedIsEnded() throws Exception {
    try (var fleet = new TestFleet(TestFleet.reapingOften())) {
      fleet.start().withAgents();
      fleet.acquire();
      fleet.tasks.onRun(_ -> {});
      var pending = fleet.acquiring();
      await().until(() -> fleet.tasks.tasks().size() == 2);

      fleet.builds.transition(
          fleet.build,
          BuildState.FAILURE,
          fleet.clock.instant(),
          Samples.audit("build-finished", fleet.build));

      await().atMost(10, TimeUnit.SECONDS).untilAsserted(fleet::assertNothingLeft);
      assertThat(pending)
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withCauseInstanceOf(LaunchFailed.class);
    }
  }

  @Test
  void taskThatIsStartedOutsideWhileLaunchesComeAndGoIsReaped() throws Exception {
    try (var fleet = new TestFleet(TestFleet.reapingOften())) {
      fleet.start();
      String stray = run(fleet, TestFleet.CONTROLLER);
      fleet.withAgents();
      for (int i = 0; i < 50; i++) {
        fleet.acquire().close();
      }

      await().atMost(10, TimeUnit.SECONDS).until(() -> fleet.audited("task-reaped").size() == 1);
      assertThat(fleet.tasks.describe(List.of(stray)).getFirst().stopped()).isTrue();
      assertThat(fleet.audited("launch-failed")).isEmpty();
    }
  }

  @Test
  void taskOfALaunchThatWaitsForItsAnswerIsNoOrphan() {
    var orphans = new Orphans();
    Launch waiting = Samples.launch(Samples.build("a", 1));
    Launch known = waiting.next(new LaunchState.Submitted("task-1"));

    assertThat(orphans.among(List.of("task-1"), List.of(waiting))).isEmpty();
    assertThat(orphans.among(List.of("task-1"), List.of(known))).isEmpty();
    assertThat(orphans.among(List.of("task-1"), List.of())).containsExactly("task-1");
  }

  @Test
  void launchesThatBeginLaterDoNotShieldAnOrphan() {
    var orphans = new Orphans();
    Launch first = Samples.launch(Samples.build("a", 1));
    Launch second = Samples.launch(Samples.build("a", 2));

    assertThat(orphans.among(List.of("stray"), List.of(first))).isEmpty();
    assertThat(orphans.among(List.of("stray"), List.of(first, second))).isEmpty();
    assertThat(orphans.among(List.of("stray"), List.of(second))).containsExactly("stray");
  }
}
