package dev.deputy.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deputy.core.ControllerId;
import dev.deputy.core.FailureClass;
import dev.deputy.core.Tasks;
import dev.deputy.core.Tasks.Ended;
import dev.deputy.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskWatchTest {
  private final ManualClock clock = new ManualClock();
  private final AtomicInteger calls = new AtomicInteger();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private volatile Optional<Ended> state = Optional.empty();
  private volatile boolean broken;
  private final TaskWatch watch =
      new TaskWatch(new Cluster(), TestFleet.settings().launching(), clock);

  private final class Cluster implements Tasks {
    @Override
    public RunAnswer run(RunRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<TaskStatus> describe(Collection<String> taskArns) {
      calls.incrementAndGet();
      if (broken) {
        throw new IllegalStateException("ThrottlingException");
      }
      return taskArns.stream()
          .map(arn ->
              new TaskStatus(
                  arn, Optional.empty(), state.isPresent() ? "STOPPED" : "RUNNING", state))
          .toList();
    }

    @Override
    public boolean stop(String taskArn, String reason) {
      return true;
    }

    @Override
    public List<String> list(ControllerId startedBy) {
      return List.of();
    }
  }

  private TaskWatch.Watch watch(String arn, Duration time) {
    Instant deadline = clock.instant().plus(time);
    return watch.watch(
        arn,
        deadline,
        new TaskWatch.Watcher() {
          @Override
          public void stopped(Ended how) {
            heard.add(arn + " " + how.reason());
          }

          @Override
          public void overdue() {
            heard.add(arn + " overdue");
          }
        });
  }

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void nothingIsAskedWhileNobodyWaits() {
    TaskWatch.Watch watched = watch("a", Duration.ofDays(1));
    await().until(() -> calls.get() > 2);
    watched.cancel();
    await().during(Duration.ofMillis(100)).until(() -> true);
    int before = calls.get();
    await().during(Duration.ofMillis(100)).until(() -> calls.get() <= before + 1);
  }

  @Test
  void manyTasksAreAskedForInOneCall() {
    for (int i = 0; i < 1000; i++) {
      watch("task-" + i, Duration.ofDays(1));
    }
    int before = calls.get();
    state = Optional.of(new Ended(FailureClass.TASK_DIED, "gone"));
    await().until(() -> heard.size() == 1000);
    assertThat(calls.get() - before).isLessThan(20);
  }

  @Test
  void eachWatcherHearsExactlyOneThing() {
    watch("a", Duration.ofMinutes(1));
    clock.advance(Duration.ofMinutes(2));
    await().until(() -> !heard.isEmpty());
    state = Optional.of(new Ended(FailureClass.TASK_DIED, "gone"));
    watch("b", Duration.ofMinutes(1));
    await().until(() -> heard.size() == 2);

    assertThat(heard).containsExactly("a overdue", "b gone");
  }

  @Test
  void ecsThatFailsIsNotATaskThatIsGone() {
    broken = true;
    watch("a", Duration.ofHours(1));
    await().until(() -> calls.get() > 2);
    clock.advance(Duration.ofMinutes(30));
    broken = false;
    int before = calls.get();
    await().until(() -> calls.get() > before + 2);

    assertThat(heard).isEmpty();
  }

  @Test
  void deadlineIsKeptWhileEcsFails() {
    broken = true;
    watch("a", Duration.ofHours(1));
    clock.advance(Duration.ofHours(1));

    await().until(() -> heard.contains("a overdue"));
  }

  @Test
  void pauseGrowsWithAgeAndFailures() {
    Duration interval = Duration.ofMillis(250);
    assertThat(TaskWatch.pause(interval, Duration.ofSeconds(5), 0)).isEqualTo(interval);
    assertThat(TaskWatch.pause(interval, Duration.ofSeconds(30), 0)).hasMillis(1000);
    assertThat(TaskWatch.pause(interval, Duration.ofMinutes(5), 0)).hasMillis(2000);
    assertThat(TaskWatch.pause(interval, Duration.ofSeconds(5), 3)).hasMillis(2000);
  }
}
