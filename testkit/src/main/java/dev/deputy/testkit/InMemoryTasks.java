package dev.deputy.testkit;

import dev.deputy.core.ControllerId;
import dev.deputy.core.FailureClass;
import dev.deputy.core.LaunchId;
import dev.deputy.core.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * A cluster in memory. Tasks start as PENDING and change when a test says so; {@link #stop} alone
 * stops them at once, unless stops are slow. Thread-safe.
 */
public final class InMemoryTasks implements Tasks {
  private final InstantSource clock;
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private final Map<LaunchId, String> byToken = new LinkedHashMap<>();
  private final List<RunRequest> requests = new ArrayList<>();
  private final Queue<RunAnswer.Refused> refusals = new ArrayDeque<>();
  private Consumer<Task> onRun = _ -> {};
  private Duration lag = Duration.ZERO;
  private boolean full;
  private boolean slowStops;
  private int answersToLose;

  /**
   * @param clock what the lag of {@link #describe} and {@link #list} is measured by
   */
  public InMemoryTasks(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A task as the test sees it, whatever the lag.
   *
   * @param stopReason what {@link #stop} was asked with
   */
  public record Task(
      String arn,
      RunRequest request,
      Instant started,
      String lastStatus,
      Optional<String> stopReason,
      Optional<Ended> ended) {
    /** The last part of the ARN, which is also the name of the task role's session. */
    public String id() {
      return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private Task with(String lastStatus) {
      return new Task(arn, request, started, lastStatus, stopReason, ended);
    }

    private Task asked(String reason) {
      return new Task(
          arn, request, started, lastStatus, stopReason.or(() -> Optional.of(reason)), ended);
    }

    private Task ended(Ended how) {
      return new Task(arn, request, started, "STOPPED", stopReason, Optional.of(how));
    }
  }

  /** Whether the cluster has room: RunTask is refused with CAPACITY while it has none. */
  public synchronized void outOfCapacity(boolean full) {
    this.full = full;
  }

  /** The next RunTask that would start a task is refused. */
  public synchronized void failNext(FailureClass kind, String reason) {
    refusals.add(new RunAnswer.Refused(kind, reason));
  }

  /**
   * The next RunTask starts its task, but the caller hears only TRANSIENT: calling again with the
   * same launch, or {@link #list}, finds the task.
   */
  public synchronized void loseNextAnswer() {
    answersToLose++;
  }

  /** How long a new task stays unknown to {@link #describe} and {@link #list}. */
  public synchronized void lag(Duration lag) {
    this.lag = lag;
  }

  /** While set, a stopped task stays in STOPPING until {@link #confirmStopped}. */
  public synchronized void slowStops(boolean slow) {
    slowStops = slow;
  }

  /**
   * Called for each new task, on the thread that runs it and outside of the lock: the place to have
   * an agent connect.
   */
  public synchronized void onRun(Consumer<Task> listener) {
    onRun = listener;
  }

  /** All tasks ever started, oldest first. */
  public synchronized List<Task> tasks() {
    return List.copyOf(tasks.values());
  }

  /** The task of a launch, where one was started. */
  public synchronized Optional<Task> ofLaunch(LaunchId launch) {
    return Optional.ofNullable(byToken.get(launch)).map(tasks::get);
  }

  /** All calls of RunTask, refused and repeated ones too, oldest first. */
  public synchronized List<RunRequest> requests() {
    return List.copyOf(requests);
  }

  /** The task's container runs. */
  public synchronized void running(String taskArn) {
    tasks.computeIfPresent(taskArn, (_, task) -> task.with("RUNNING"));
  }

  /** The task ends by itself. */
  public synchronized void die(String taskArn, FailureClass kind, String reason) {
    tasks.computeIfPresent(taskArn, (_, task) -> task.ended(new Ended(kind, reason)));
  }

  /** A slow stop comes to its end. */
  public synchronized void confirmStopped(String taskArn) {
    tasks.computeIfPresent(taskArn, (_, task) -> task.ended(byRequest(task)));
  }

  /** The cluster forgets the task, as ECS does an hour after it stopped. */
  public synchronized void forget(String taskArn) {
    tasks.remove(taskArn);
  }

  @Override
  public RunAnswer run(RunRequest request) {
    Task started;
    RunAnswer answer;
    Consumer<Task> listener;
    synchronized (this) {
      requests.add(request);
      Task earlier = tasks.get(byToken.getOrDefault(request.launch(), ""));
      if (earlier != null) {
        return earlier.request().equals(request)
            ? new RunAnswer.Started(earlier.arn())
            : new RunAnswer.Refused(
                FailureClass.MISCONFIGURED, "ConflictException: the clientToken was used before");
      }
      if (full) {
        return new RunAnswer.Refused(FailureClass.CAPACITY, "RESOURCE:MEMORY");
      }
      RunAnswer.Refused refusal = refusals.poll();
      if (refusal != null) {
        return refusal;
      }
      started = start(request);
      answer = answer(started);
      listener = onRun;
    }
    listener.accept(started);
    return answer;
  }

  private Task start(RunRequest request) {
    String arn =
        "arn:aws:ecs:eu-west-1:000000000000:task/jenkins-agent-cluster/%032x"
            .formatted(byToken.size() + 1);
    var task =
        new Task(arn, request, clock.instant(), "PENDING", Optional.empty(), Optional.empty());
    tasks.put(arn, task);
    byToken.put(request.launch(), arn);
    return task;
  }

  private RunAnswer answer(Task started) {
    if (answersToLose > 0) {
      answersToLose--;
      return new RunAnswer.Refused(FailureClass.TRANSIENT, "connection reset");
    }
    return new RunAnswer.Started(started.arn());
  }

  @Override
  public synchronized List<TaskStatus> describe(Collection<String> taskArns) {
    return taskArns.stream()
        .map(tasks::get)
        .filter(task -> task != null && visible(task))
        .map(InMemoryTasks::status)
        .toList();
  }

  private static TaskStatus status(Task task) {
    Optional<LaunchId> launch =
        Optional.ofNullable(task.request().environment().get(LAUNCH_VARIABLE)).map(LaunchId::new);
    return new TaskStatus(task.arn(), launch, task.lastStatus(), task.ended());
  }

  @Override
  public synchronized boolean stop(String taskArn, String reason) {
    Task task = tasks.get(taskArn);
    if (task != null && task.ended().isEmpty()) {
      Task asked = task.asked(reason);
      tasks.put(taskArn, slowStops ? asked.with("STOPPING") : asked.ended(byRequest(asked)));
    }
    return task != null;
  }

  private static Ended byRequest(Task task) {
    return new Ended(FailureClass.CANCELLED, task.stopReason().orElse("stopped"));
  }

  @Override
  public synchronized List<String> list(ControllerId startedBy) {
    return tasks.values().stream()
        .filter(task -> task.ended().isEmpty() && visible(task))
        .filter(task -> task.request().startedBy().equals(startedBy))
        .map(Task::arn)
        .toList();
  }

  private boolean visible(Task task) {
    return !clock.instant().isBefore(task.started().plus(lag));
  }
}
