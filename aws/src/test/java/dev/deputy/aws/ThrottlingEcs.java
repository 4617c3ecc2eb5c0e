package dev.deputy.aws;

import dev.deputy.aws.TokenBucket.Limit;
import dev.deputy.core.Timekeeper;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/** ECS that throttles as AWS does, whose limits others may use too. */
final class ThrottlingEcs implements EcsClient {
  final AtomicInteger throttled = new AtomicInteger();
  final Set<String> started = new HashSet<>();
  final Set<String> stopped = new HashSet<>();
  private final Timekeeper time;
  private TokenBucket runs;
  private TokenBucket changes;
  private TokenBucket reads;

  /**
   * @param share of AWS's limits that is left
   */
  ThrottlingEcs(Timekeeper time, double share) {
    this.time = time;
    runs = bucket(20, 20 * share);
    changes = bucket(100, 40 * share);
    reads = bucket(100, 20 * share);
  }

  private TokenBucket bucket(int burst, double rate) {
    return TokenBucket.full(new Limit(burst, rate), time.instant());
  }

  @Override
  public synchronized RunTaskResponse runTask(RunTaskRequest request) {
    runs = taken(runs);
    changes = taken(changes);
    started.add(request.clientToken());
    var task = Task.builder().taskArn("task/" + request.clientToken()).build();
    return RunTaskResponse.builder().tasks(task).build();
  }

  @Override
  public synchronized StopTaskResponse stopTask(StopTaskRequest request) {
    changes = taken(changes);
    stopped.add(request.task());
    return StopTaskResponse.builder().build();
  }

  @Override
  public synchronized DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
    reads = taken(reads);
    return DescribeTasksResponse.builder()
        .tasks(
            request.tasks().stream()
                .map(arn -> Task.builder().taskArn(arn).lastStatus("RUNNING").build())
                .toList())
        .build();
  }

  /** Two pages. */
  @Override
  public synchronized ListTasksResponse listTasks(ListTasksRequest request) {
    reads = taken(reads);
    return request.nextToken() == null
        ? ListTasksResponse.builder().taskArns("task/1").nextToken("more").build()
        : ListTasksResponse.builder().taskArns("task/2").build();
  }

  private TokenBucket taken(TokenBucket bucket) {
    TokenBucket now = bucket.at(time.instant());
    if (!now.untilToken().isZero()) {
      throttled.incrementAndGet();
      throw EcsException.builder()
          .statusCode(400)
          .awsErrorDetails(
              AwsErrorDetails.builder()
                  .errorCode("ThrottlingException")
                  .errorMessage("Rate exceeded")
                  .build())
          .build();
    }
    return now.taken();
  }

  @Override
  public String serviceName() {
    return "ecs";
  }

  @Override
  public void close() {
    // there is nothing
  }
}
