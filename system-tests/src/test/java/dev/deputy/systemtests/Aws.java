package dev.deputy.systemtests;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ssm.SsmClient;

/** An account at an endpoint, looked at through the unmodified SDK. */
record Aws(URI endpoint, AwsCredentialsProvider credentials) {
  private static final String CLUSTER = "jenkins-agent-cluster";
  private static final String LOG_GROUP = "/ecs/jenkins-agents";

  String parameter(String name) {
    try (SsmClient ssm = client(SsmClient.builder(), Region.EU_WEST_1)) {
      return ssm.getParameter(call -> call.name(name)).parameter().value();
    }
  }

  /** Tasks that are to run, or those that are over. */
  List<Task> tasks(DesiredStatus status) {
    try (EcsClient ecs = client(EcsClient.builder(), Region.EU_WEST_1)) {
      List<String> arns =
          ecs.listTasks(call -> call.cluster(CLUSTER).desiredStatus(status)).taskArns();
      return arns.isEmpty()
          ? List.of()
          : ecs.describeTasks(call -> call.cluster(CLUSTER).tasks(arns)).tasks();
    }
  }

  /** The account's CloudTrail in its Region and where global services record. */
  List<Event> events() {
    return Stream.of(Region.EU_WEST_1, Region.US_EAST_1)
        .flatMap(region -> {
          try (CloudTrailClient trail = client(CloudTrailClient.builder(), region)) {
            return trail.lookupEventsPaginator().events().stream().toList().stream();
          }
        })
        .toList();
  }

  /** Everything that tasks wrote to their logs. */
  List<String> taskLogs() {
    try (CloudWatchLogsClient logs = client(CloudWatchLogsClient.builder(), Region.EU_WEST_1)) {
      return logs
          .describeLogStreamsPaginator(call -> call.logGroupName(LOG_GROUP))
          .logStreams()
          .stream()
          .map(LogStream::logStreamName)
          .flatMap(stream ->
              logs
                  .getLogEventsPaginator(call ->
                      call.logGroupName(LOG_GROUP).logStreamName(stream).startFromHead(true))
                  .events()
                  .stream())
          .map(OutputLogEvent::message)
          .toList();
    }
  }

  private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
      B builder, Region region) {
    return builder
        .endpointOverride(endpoint)
        .region(region)
        .credentialsProvider(credentials)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
