package dev.deputy.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.core.ControllerId;
import dev.deputy.core.FailureClass;
import dev.deputy.core.LaunchId;
import dev.deputy.core.Tasks.RunAnswer;
import dev.deputy.core.Tasks.RunRequest;
import dev.deputy.core.Timekeeper;
import dev.deputy.core.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EcsLimitsTest {
  private static final ControllerId CONTROLLER = new ControllerId("controller-1");

  private final VirtualTime time = new VirtualTime();
  private final Instant begun = time.instant();

  private static RunRequest request() {
    return new RunRequest(
        new LaunchId(UUID.randomUUID().toString()), CONTROLLER, "d:1", Map.of(), Map.of());
  }

  private Duration passed() {
    return Duration.between(begun, time.instant());
  }

  private static <T> List<FutureTask<T>> atOnce(int number, Callable<T> call) {
    return IntStream.range(0, number)
        .mapToObj(_ -> {
          var task = new FutureTask<>(call);
          Thread.startVirtualThread(task);
          return task;
        })
        .toList();
  }

  @Test
  void thousandTasksAtOnceStartWithoutBeingThrottled() throws Exception {
    var ecs = new ThrottlingEcs(time, 1);
    try (var tasks = new EcsTasks(ecs, "cluster", time)) {
      for (FutureTask<RunAnswer> answer : atOnce(1000, () -> tasks.run(request()))) {
        assertThat(answer.get(60, TimeUnit.SECONDS)).isInstanceOf(RunAnswer.Started.class);
      }
    }
    assertThat(ecs.throttled).hasValue(0);
    assertThat(ecs.started).hasSize(1000);
    assertThat(passed()).isBetween(Duration.ofSeconds(54), Duration.ofSeconds(55));
  }

  @Test
  void whereOthersUseMostOfTheLimitsAllComeThroughMoreSlowly() throws Exception {
    var ecs = new ThrottlingEcs(time, 0.2);
    try (var tasks = new EcsTasks(ecs, "cluster", time)) {
      Callable<Boolean> insistent =
          () -> {
            RunRequest request = request();
            while (tasks.run(request)
                instanceof RunAnswer.Refused(FailureClass kind, String reason)) {
              assertThat(kind).as(reason).isEqualTo(FailureClass.THROTTLED);
            }
            return true;
          };
      for (FutureTask<Boolean> task : atOnce(1000, insistent)) {
        assertThat(task.get(60, TimeUnit.SECONDS)).isTrue();
      }
    }
    assertThat(ecs.started).hasSize(1000);
    assertThat(ecs.throttled.get()).isLessThan(300);
    assertThat(passed()).isGreaterThan(Duration.ofSeconds(200)).isLessThan(Duration.ofMinutes(10));
  }

  @Test
  void thousandTasksAreStoppedThoughOthersUseMostOfTheLimits() throws Exception {
    var ecs = new ThrottlingEcs(time, 0.2);
    try (var tasks = new EcsTasks(ecs, "cluster", time)) {
      Callable<Boolean> stop = () -> tasks.stop(UUID.randomUUID().toString(), "done");
      for (FutureTask<Boolean> stopped : atOnce(1000, stop)) {
        assertThat(stopped.get(60, TimeUnit.SECONDS)).isTrue();
      }
    }
    assertThat(ecs.stopped).hasSize(1000);
  }

  @Test
  void readsOfTenThousandTasksAreNotThrottled() {
    var ecs = new ThrottlingEcs(time, 1);
    try (var tasks = new EcsTasks(ecs, "cluster", time)) {
      List<String> arns = IntStream.range(0, 10_000).mapToObj(i -> "task/" + i).toList();
      for (int i = 0; i < 10; i++) {
        assertThat(tasks.describe(arns)).hasSize(10_000);
        assertThat(tasks.list(CONTROLLER)).containsExactly("task/1", "task/2");
      }
    }
    assertThat(ecs.throttled).hasValue(0);
  }

  @Test
  void callThatNobodyWantsAnyMoreLeavesTheLine() throws Exception {
    var sleeping = new CountDownLatch(1);
    var time = standingStill(sleeping);
    var ecs = new ThrottlingEcs(time, 1);
    try (var tasks = new EcsTasks(ecs, "cluster", time)) {
      IntStream.range(0, EcsTasks.RUN_TASK.burst()).forEach(_ -> tasks.run(request()));
      var wish = new Wish();
      List<FutureTask<RunAnswer>> waiting =
          List.of(
              new FutureTask<>(() -> tasks.run(request(), wish)),
              new FutureTask<>(() -> tasks.run(request(), wish)));
      Thread.startVirtualThread(waiting.getFirst());
      sleeping.await();

      wish.end();
      waiting.getLast().run();

      for (FutureTask<RunAnswer> one : waiting) {
        assertThat(one.get(10, TimeUnit.SECONDS))
            .isInstanceOfSatisfying(
                RunAnswer.Refused.class,
                refused -> assertThat(refused.kind()).isEqualTo(FailureClass.CANCELLED));
      }
      assertThat(ecs.started).hasSize(EcsTasks.RUN_TASK.burst());
    }
  }

  @Test
  void interruptEndsTheWaitBeforeACallAndIsKept() {
    var ecs = new ThrottlingEcs(time, 1);
    try (var tasks = new EcsTasks(ecs, "cluster", time)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> tasks.stop("task/1", "done"))
          .hasMessage("interrupted before ECS was called");
      assertThat(tasks.run(request())).isInstanceOf(RunAnswer.Refused.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(ecs.started).isEmpty();
      assertThat(ecs.stopped).isEmpty();
    }
  }

  /** Time in which a sleep ends by an interrupt only. */
  private Timekeeper standingStill(CountDownLatch sleeping) {
    return new Timekeeper() {
      @Override
      public Instant instant() {
        return begun;
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        sleeping.countDown();
        new CountDownLatch(1).await();
      }
    };
  }
}
