package dev.deputy.aws;

import dev.deputy.aws.TokenBucket.Limit;
import dev.deputy.core.ControllerId;
import dev.deputy.core.FailureClass;
import dev.deputy.core.LaunchId;
import dev.deputy.core.Tasks;
import dev.deputy.core.Timekeeper;
import dev.deputy.core.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * The cluster through the ECS API. One client for its whole life; thread-safe.
 *
 * <p>Before each call one waits until AWS's limits allow it. They are those that AWS publishes for
 * an account in a Region: 40 calls a second for all that changes a cluster's tasks, of which
 * Fargate allows 20 to RunTask, and 20 for all that reads them. Where something else uses them too,
 * AWS throttles, and calls become slower until that has passed. A tenth of the limits is left, so
 * that calls may be late on their way and arrive together.
 */
public final class EcsTasks implements Tasks, AutoCloseable {
  static final Limit RUN_TASK = new Limit(18, 18);
  private static final Limit STOP_TASK = new Limit(18, 18);
  private static final Limit DESCRIBE_TASKS = new Limit(36, 13);
  private static final Limit LIST_TASKS = new Limit(18, 5);

  /** How often a call is made that AWS throttles, each time later. */
  private static final int THROTTLED_CALLS = 10;

  /** How often a call is made that fails for a moment. */
  private static final int FAILED_CALLS = 3;

  private static final Duration PAUSE = Duration.ofMillis(200);

  /** DescribeTasks takes up to 100 tasks a call. */
  private static final int DESCRIBE_BATCH = 100;

  /** The container that carries the agent in every task definition of ours. */
  static final String CONTAINER = "jenkins-agent";

  private final EcsClient ecs;
  private final String cluster;
  private final Timekeeper time;
  private final CallGate runTask;
  private final CallGate stopTask;
  private final CallGate describeTasks;
  private final CallGate listTasks;

  /**
   * @param cluster ARN
   */
  public EcsTasks(AwsConnection connection, String cluster) {
    this(connection.ecs(), cluster, Timekeeper.system());
  }

  EcsTasks(EcsClient ecs, String cluster, Timekeeper time) {
    this.ecs = ecs;
    this.cluster = cluster;
    this.time = time;
    runTask = new CallGate(RUN_TASK, time);
    stopTask = new CallGate(STOP_TASK, time);
    describeTasks = new CallGate(DESCRIBE_TASKS, time);
    listTasks = new CallGate(LIST_TASKS, time);
  }

  @Override
  public RunAnswer run(RunRequest request) {
    return run(request, new Wish());
  }

  @Override
  public RunAnswer run(RunRequest request, Wish wish) {
    var passed = new AtomicReference<>(Instant.MIN);
    try {
      if (!wish.lasts(() -> passed.set(runTask.pass()))) {
        return new RunAnswer.Refused(FailureClass.CANCELLED, "not needed any more");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new RunAnswer.Refused(FailureClass.CANCELLED, "interrupted before RunTask");
    }
    RunAnswer answer = runTask(request);
    if (answer instanceof RunAnswer.Refused(FailureClass kind, _)
        && kind == FailureClass.THROTTLED) {
      runTask.throttled(passed.get());
    }
    return answer;
  }

  private RunAnswer runTask(RunRequest request) {
    RunTaskRequest call =
        RunTaskRequest.builder()
            .cluster(cluster)
            .taskDefinition(request.taskDefinition())
            .count(1)
            .clientToken(request.launch().value())
            .startedBy(request.startedBy().value())
            .overrides(
                overrides -> overrides.containerOverrides(environment(request.environment())))
            .tags(request.tags().entrySet().stream().map(EcsTasks::tag).toList())
            .build();
    try {
      return answer(ecs.runTask(call));
    } catch (SdkException e) {
      return new RunAnswer.Refused(EcsFailures.classify(e), EcsFailures.words(e));
    }
  }

  /** RunTask answers 200 with no task and a failure as a matter of course: both are read. */
  private static RunAnswer answer(RunTaskResponse response) {
    if (!response.tasks().isEmpty()) {
      return new RunAnswer.Started(response.tasks().getFirst().taskArn());
    }
    if (response.failures().isEmpty()) {
      return new RunAnswer.Refused(
          FailureClass.UNKNOWN, "RunTask answered with neither a task nor a failure");
    }
    var failure = response.failures().getFirst();
    String detail = failure.detail() == null ? "" : " (" + failure.detail() + ")";
    return new RunAnswer.Refused(
        EcsFailures.classifyPlacement(failure.reason()), failure.reason() + detail);
  }

  @Override
  public List<TaskStatus> describe(Collection<String> taskArns) {
    List<String> all = List.copyOf(taskArns);
    List<TaskStatus> found = new ArrayList<>(all.size());
    for (int from = 0; from < all.size(); from += DESCRIBE_BATCH) {
      List<String> batch = all.subList(from, Math.min(all.size(), from + DESCRIBE_BATCH));
      call(
              describeTasks,
              () -> ecs.describeTasks(call -> call.cluster(cluster).tasks(batch)).tasks())
          .forEach(task -> found.add(status(task)));
    }
    return found;
  }

  @Override
  public boolean stop(String taskArn, String reason) {
    try {
      call(
          stopTask, () -> ecs.stopTask(call -> call.cluster(cluster).task(taskArn).reason(reason)));
      return true;
    } catch (InvalidParameterException e) {
      if (!EcsFailures.saysTaskIsGone(e)) {
        throw e;
      }
      return false;
    }
  }

  @Override
  public List<String> list(ControllerId startedBy) {
    List<String> arns = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      // startedBy must be the only filter (ListTasks); desiredStatus has its default, RUNNING.
      var request =
          ListTasksRequest.builder()
              .cluster(cluster)
              .startedBy(startedBy.value())
              .nextToken(next.orElse(null))
              .build();
      ListTasksResponse page = call(listTasks, () -> ecs.listTasks(request));
      arns.addAll(page.taskArns());
      next = Optional.ofNullable(page.nextToken());
    } while (next.isPresent());
    return arns;
  }

  /** Calls, and again where waiting helps. */
  private <T> T call(CallGate gate, Supplier<T> call) {
    int throttled = 0;
    int failed = 0;
    while (true) {
      Instant passed = Instant.MIN;
      try {
        passed = gate.pass();
        return call.get();
      } catch (SdkException e) {
        FailureClass kind = EcsFailures.classify(e);
        if (kind == FailureClass.THROTTLED && ++throttled < THROTTLED_CALLS) {
          gate.throttled(passed);
        } else if (kind == FailureClass.TRANSIENT && ++failed < FAILED_CALLS) {
          pause(PAUSE.multipliedBy(failed));
        } else {
          throw e;
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  private void pause(Duration pause) {
    try {
      time.sleep(pause);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static RuntimeException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted before ECS was called", e);
  }

  @Override
  public void close() {
    ecs.close();
  }

  private static TaskStatus status(Task task) {
    if (!task.lastStatus().equals("STOPPED")) {
      return new TaskStatus(task.taskArn(), launch(task), task.lastStatus(), Optional.empty());
    }
    String container =
        task.containers().stream()
            .filter(c -> CONTAINER.equals(c.name()))
            .map(c -> c.reason() == null ? "" : ": " + c.reason())
            .findFirst()
            .orElse("");
    String reason = Optional.ofNullable(task.stoppedReason()).orElse("no reason given") + container;
    Ended ended = new Ended(EcsFailures.classifyStop(task.stopCodeAsString(), reason), reason);
    return new TaskStatus(task.taskArn(), launch(task), "STOPPED", Optional.of(ended));
  }

  private static Optional<LaunchId> launch(Task task) {
    if (task.overrides() == null) {
      return Optional.empty();
    }
    return task.overrides().containerOverrides().stream()
        .flatMap(container -> container.environment().stream())
        .filter(variable -> LAUNCH_VARIABLE.equals(variable.name()))
        .findFirst()
        .flatMap(variable -> launch(variable.value()));
  }

  private static Optional<LaunchId> launch(String value) {
    try {
      return Optional.of(new LaunchId(value));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static ContainerOverride environment(Map<String, String> variables) {
    return ContainerOverride.builder()
        .name(CONTAINER)
        .environment(
            variables.entrySet().stream()
                .map(e -> KeyValuePair.builder().name(e.getKey()).value(e.getValue()).build())
                .toList())
        .build();
  }

  private static Tag tag(Map.Entry<String, String> tag) {
    return Tag.builder().key(tag.getKey()).value(tag.getValue()).build();
  }
}
