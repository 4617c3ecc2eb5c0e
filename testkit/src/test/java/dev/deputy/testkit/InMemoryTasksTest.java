package dev.deputy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.ControllerId;
import dev.deputy.core.FailureClass;
import dev.deputy.core.LaunchId;
import dev.deputy.core.Tasks.Ended;
import dev.deputy.core.Tasks.RunAnswer;
import dev.deputy.core.Tasks.RunRequest;
import dev.deputy.core.Tasks.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryTasksTest {
  private static final ControllerId CONTROLLER = new ControllerId("deputy-1");
  private static final LaunchId LAUNCH = new LaunchId("00000000-0000-4000-8000-000000000001");

  private final ManualClock clock = new ManualClock();
  private final InMemoryTasks tasks = new InMemoryTasks(clock);

  @Test
  void sameLaunchGivesTheSameTask() {
    assertThat(tasks.run(request("a:1"))).isEqualTo(tasks.run(request("a:1")));
    assertThat(tasks.tasks()).hasSize(1);
    assertThat(tasks.requests()).hasSize(2);
  }

  @Test
  void sameLaunchWithAnotherRequestIsAConflict() {
    tasks.run(request("a:1"));

    assertThat(tasks.run(request("a:2")))
        .isInstanceOfSatisfying(
            RunAnswer.Refused.class,
            refused -> assertThat(refused.kind()).isEqualTo(FailureClass.MISCONFIGURED));
  }

  @Test
  void lostAnswerLeavesATaskThatIsFoundAgain() {
    tasks.loseNextAnswer();

    assertThat(tasks.run(request("a:1")))
        .isEqualTo(new RunAnswer.Refused(FailureClass.TRANSIENT, "connection reset"));
    String arn = tasks.ofLaunch(LAUNCH).orElseThrow().arn();
    assertThat(tasks.list(CONTROLLER)).containsExactly(arn);
    assertThat(tasks.run(request("a:1"))).isEqualTo(new RunAnswer.Started(arn));
  }

  @Test
  void refusalsStartNothing() {
    tasks.failNext(FailureClass.ACCESS, "AccessDeniedException");
    assertThat(tasks.run(request("a:1")))
        .isEqualTo(new RunAnswer.Refused(FailureClass.ACCESS, "AccessDeniedException"));

    tasks.outOfCapacity(true);
    assertThat(tasks.run(request("a:1")))
        .isEqualTo(new RunAnswer.Refused(FailureClass.CAPACITY, "RESOURCE:MEMORY"));
    assertThat(tasks.tasks()).isEmpty();

    tasks.outOfCapacity(false);
    assertThat(tasks.run(request("a:1"))).isInstanceOf(RunAnswer.Started.class);
  }

  @Test
  void newTaskIsUnknownUntilTheLagIsOver() {
    tasks.lag(Duration.ofSeconds(5));
    String arn = start();

    assertThat(tasks.describe(List.of(arn))).isEmpty();
    assertThat(tasks.list(CONTROLLER)).isEmpty();

    clock.advance(Duration.ofSeconds(5));
    assertThat(tasks.describe(List.of(arn, "arn:unknown")))
        .containsExactly(new TaskStatus(arn, Optional.empty(), "PENDING", Optional.empty()));
    assertThat(tasks.list(CONTROLLER)).containsExactly(arn);
    assertThat(tasks.list(new ControllerId("other"))).isEmpty();
  }

  @Test
  void slowStopIsConfirmedLater() {
    tasks.slowStops(true);
    String arn = start();
    tasks.running(arn);
    tasks.stop(arn, "build ended");
    assertThat(tasks.describe(List.of(arn)))
        .containsExactly(new TaskStatus(arn, Optional.empty(), "STOPPING", Optional.empty()));

    tasks.confirmStopped(arn);
    assertThat(tasks.describe(List.of(arn)))
        .containsExactly(
            new TaskStatus(
                arn,
                Optional.empty(),
                "STOPPED",
                Optional.of(new Ended(FailureClass.CANCELLED, "build ended"))));
    assertThat(tasks.list(CONTROLLER)).isEmpty();
  }

  @Test
  void stopOfWhatEndedOrWasForgottenChangesNothing() {
    String arn = start();
    tasks.die(arn, FailureClass.IMAGE_PULL, "CannotPullContainerError");
    assertThat(tasks.stop(arn, "build ended")).isTrue();
    assertThat(tasks.describe(List.of(arn)))
        .extracting(status -> status.ended().orElseThrow().kind())
        .containsExactly(FailureClass.IMAGE_PULL);

    tasks.forget(arn);
    assertThat(tasks.stop(arn, "build ended")).isFalse();
    assertThat(tasks.describe(List.of(arn))).isEmpty();
  }

  @Test
  void listenerHearsOfEachNewTaskOnce() {
    var heard = new ArrayList<String>();
    tasks.onRun(task -> heard.add(task.arn()));
    String arn = start();
    tasks.run(request("a:1"));

    assertThat(heard).containsExactly(arn);
  }

  private String start() {
    tasks.run(request("a:1"));
    return tasks.ofLaunch(LAUNCH).orElseThrow().arn();
  }

  private static RunRequest request(String taskDefinition) {
    return new RunRequest(LAUNCH, CONTROLLER, taskDefinition, Map.of(), Map.of());
  }
}
