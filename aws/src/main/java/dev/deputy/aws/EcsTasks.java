package dev.deputy.aws;

import dev.deputy.core.ControllerId;
import dev.deputy.core.FailureClass;
import dev.deputy.core.LaunchId;
import dev.deputy.core.Tasks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;

/** The cluster through the ECS API. One client for its whole life; thread-safe. */
public final class EcsTasks implements Tasks, AutoCloseable {
  /** DescribeTasks takes up to 100 tasks a call. */
  private static final int DESCRIBE_BATCH = 100;

  /** The container that carries the agent in every task definition of ours. */
  static final String CONTAINER = "jenkins-agent";

  private final EcsClient ecs;
  private final String cluster;

  /**
   * @param cluster ARN
   */
  public EcsTasks(AwsConnection connection, String cluster) {
    this.ecs = connection.ecs();
    this.cluster = cluster;
  }

  @Override
  public RunAnswer run(RunRequest request) {
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
      ecs.describeTasks(call -> call.cluster(cluster).tasks(batch))
          .tasks()
          .forEach(task -> found.add(status(task)));
    }
    return found;
  }

  @Override
  public boolean stop(String taskArn, String reason) {
    try {
      ecs.stopTask(call -> call.cluster(cluster).task(taskArn).reason(reason));
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
    // startedBy must be the only filter (ListTasks); desiredStatus has its default, RUNNING.
    return ecs
        .listTasksPaginator(call -> call.cluster(cluster).startedBy(startedBy.value()))
        .taskArns()
        .stream()
        .toList();
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
