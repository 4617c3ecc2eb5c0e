package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

class LogsTest {
  private static final String GROUP = "/ecs/jenkins-agents";

  private final SettableClock clock = new SettableClock();
  private final long now = Instant.now().toEpochMilli();
  private Sandbox sandbox;
  private Clients root;
  private CloudWatchLogsClient logs;

  @BeforeEach
  void start() {
    sandbox = Sandbox.builder().clock(clock).start();
    root = Clients.root(sandbox, "111111111111");
    logs = root.logs();
    logs.createLogGroup(r -> r.logGroupName(GROUP));
    logs.createLogStream(r -> r.logGroupName(GROUP).logStreamName("a"));
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private static InputLogEvent event(long timestamp, String message) {
    return InputLogEvent.builder().timestamp(timestamp).message(message).build();
  }

  private void put(String stream, InputLogEvent... events) {
    logs.putLogEvents(r -> r.logGroupName(GROUP).logStreamName(stream).logEvents(List.of(events)));
  }

  private void putLines(int count) {
    put(
        "a",
        IntStream.range(0, count)
            .mapToObj(i -> event(now - count + i, "line " + i))
            .toArray(InputLogEvent[]::new));
  }

  @Test
  void retentionIsKept() {
    logs.putRetentionPolicy(r -> r.logGroupName(GROUP).retentionInDays(30));
    var group = logs.describeLogGroups(r -> r.logGroupNamePrefix("/ecs")).logGroups().getFirst();
    assertThat(group.retentionInDays()).isEqualTo(30);
    assertThat(group.arn())
        .isEqualTo("arn:aws:logs:eu-west-1:111111111111:log-group:/ecs/jenkins-agents:*");
    assertThatThrownBy(
            () -> logs.putRetentionPolicy(r -> r.logGroupName(GROUP).retentionInDays(31)))
        .hasMessageContaining("31 days is not valid");
  }

  @Test
  void expiredEventsAreGone() {
    put("a", event(now - Duration.ofDays(1).minusMinutes(5).toMillis(), "old"));
    logs.putRetentionPolicy(r -> r.logGroupName(GROUP).retentionInDays(1));
    assertThat(page(null, true).events()).hasSize(1);
    clock.advance(Duration.ofMinutes(10));
    assertThat(page(null, true).events()).isEmpty();
  }

  @Test
  void namesAreTakenOnce() {
    assertThatThrownBy(() -> logs.createLogGroup(r -> r.logGroupName(GROUP)))
        .isInstanceOf(ResourceAlreadyExistsException.class);
    assertThatThrownBy(() -> logs.createLogStream(r -> r.logGroupName(GROUP).logStreamName("a")))
        .isInstanceOf(ResourceAlreadyExistsException.class);
    logs.deleteLogGroup(r -> r.logGroupName(GROUP));
    assertThatThrownBy(() -> logs.createLogStream(r -> r.logGroupName(GROUP).logStreamName("a")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void forwardReadingEndsWithTheSameTokenTwice() {
    putLines(25);
    List<String> lines = new ArrayList<>();
    @Nullable String token = null;
    while (true) {
      GetLogEventsResponse page = page(token, true);
      page.events().forEach(e -> lines.add(e.message()));
      if (page.nextForwardToken().equals(token)) {
        break;
      }
      token = page.nextForwardToken();
    }
    assertThat(lines)
        .containsExactlyElementsOf(IntStream.range(0, 25).mapToObj(i -> "line " + i).toList());
    put("a", event(now, "late"));
    assertThat(page(token, true).events())
        .extracting(OutputLogEvent::message)
        .containsExactly("late");
  }

  @Test
  void readingBeginsWithTheLatestUnlessAskedOtherwise() {
    putLines(25);
    GetLogEventsResponse last = page(null, false);
    assertThat(last.events()).extracting(OutputLogEvent::message).first().isEqualTo("line 15");
    GetLogEventsResponse before = page(last.nextBackwardToken(), false);
    assertThat(before.events())
        .extracting(OutputLogEvent::message)
        .startsWith("line 5")
        .endsWith("line 14");
    assertThat(page(last.nextForwardToken(), false).events()).isEmpty();
  }

  @Test
  void emptyStreamHasTokensThatFindWhatComes() {
    GetLogEventsResponse empty = page(null, true);
    assertThat(empty.events()).isEmpty();
    assertThat(page(empty.nextForwardToken(), true).nextForwardToken())
        .isEqualTo(empty.nextForwardToken());
    put("a", event(now, "first"));
    assertThat(page(empty.nextForwardToken(), true).events()).hasSize(1);
  }

  @Test
  void timesLimitWhatIsRead() {
    put("a", event(now - 2, "x"), event(now - 1, "y"), event(now, "z"));
    var answer =
        logs.getLogEvents(r ->
            r.logGroupName(GROUP)
                .logStreamName("a")
                .startTime(now - 1)
                .endTime(now)
                .startFromHead(true));
    assertThat(answer.events()).extracting(OutputLogEvent::message).containsExactly("y");
    var next =
        logs.getLogEvents(r ->
            r.logGroupName(GROUP)
                .logStreamName("a")
                .startTime(now - 1)
                .nextToken(answer.nextBackwardToken()));
    assertThat(next.events()).isEmpty();
  }

  @Test
  void forgedTokenIsRefused() {
    assertThatThrownBy(() -> page("f/123", true))
        .hasMessageContaining("The specified nextToken is invalid.");
    assertThatThrownBy(() -> page("f/" + "9".repeat(56) + "/s", true))
        .hasMessageContaining("The specified nextToken is invalid.");
  }

  @Test
  void unorderedBatchIsRefused() {
    refused(() -> put("a", event(now, "x"), event(now - 1, "y")), "must be in chronological order");
  }

  @Test
  void batchOfMoreThanADayIsRefused() {
    refused(
        () -> put("a", event(now - 86_400_001, "x"), event(now, "y")), "cannot span more than 24");
  }

  @Test
  void batchOfMoreThanAMegabyteIsRefused() {
    String half = "x".repeat(524_288);
    refused(() -> put("a", event(now, half), event(now, half)), "Upload too large");
  }

  @Test
  void eventsOutOfTimeAreRejectedByPlace() {
    long day = 86_400_000;
    var old =
        logs.putLogEvents(r ->
            r.logGroupName(GROUP)
                .logStreamName("a")
                .logEvents(
                    event(now - 14 * day - 60_000, "old"), event(now - 14 * day + 60_000, "x")));
    assertThat(old.rejectedLogEventsInfo().tooOldLogEventEndIndex()).isEqualTo(1);
    var early =
        logs.putLogEvents(r ->
            r.logGroupName(GROUP)
                .logStreamName("a")
                .logEvents(event(now, "y"), event(now + 3 * 3_600_000, "new")));
    assertThat(early.rejectedLogEventsInfo().tooNewLogEventStartIndex()).isEqualTo(1);
    assertThat(page(null, true).events())
        .extracting(OutputLogEvent::message)
        .containsExactly("x", "y");
  }

  @Test
  void streamsAreListedByNameOrByTheirLastEvent() {
    logs.createLogStream(r -> r.logGroupName(GROUP).logStreamName("b"));
    logs.createLogStream(r -> r.logGroupName(GROUP).logStreamName("c"));
    put("b", event(now, "x"));
    put("a", event(now - 1000, "x"));
    assertThat(streams("LogStreamName", false)).containsExactly("a", "b", "c");
    assertThat(streams("LogStreamName", true)).containsExactly("c", "b", "a");
    assertThat(streams("LastEventTime", true)).containsExactly("b", "a", "c");
  }

  @Test
  void filterFindsAllWordsInAllStreams() {
    logs.createLogStream(r -> r.logGroupName(GROUP).logStreamName("b"));
    put("a", event(now - 2, "error in step one"), event(now - 1, "fine"));
    put("b", event(now, "step two: error"));
    assertThat(
            logs.filterLogEvents(r -> r.logGroupName(GROUP).filterPattern("error \"step\""))
                .events())
        .extracting(FilteredLogEvent::message)
        .containsExactly("error in step one", "step two: error");
    assertThat(
            logs.filterLogEvents(r -> r.logGroupName(GROUP).logStreamNames("b").limit(1)).events())
        .extracting(FilteredLogEvent::logStreamName)
        .containsExactly("b");
    refused(
        () -> logs.filterLogEvents(r -> r.logGroupName(GROUP).filterPattern("{ $.x = 1 }")),
        "is not supported");
  }

  @Test
  void writingNeedsPermissionOnTheStream() {
    String arn =
        Roles.create(
            root,
            "111111111111",
            "execution",
            Roles.allowing(
                "logs:*", "arn:aws:logs:eu-west-1:111111111111:log-group:/ecs/*:log-stream:a"));
    CloudWatchLogsClient session = root.assume(arn, "me").logs();
    session.putLogEvents(r -> r.logGroupName(GROUP).logStreamName("a").logEvents(event(now, "x")));
    assertThatThrownBy(() -> session.createLogStream(r -> r.logGroupName(GROUP).logStreamName("b")))
        .hasMessageContaining(
            "logs:CreateLogStream on resource: arn:aws:logs:eu-west-1:111111111111:log-group:"
                + "/ecs/jenkins-agents:log-stream:b because");
  }

  private GetLogEventsResponse page(@Nullable String token, boolean head) {
    return logs.getLogEvents(r ->
        r.logGroupName(GROUP).logStreamName("a").limit(10).startFromHead(head).nextToken(token));
  }

  private List<String> streams(String order, boolean descending) {
    List<String> names = new ArrayList<>();
    logs
        .describeLogStreamsPaginator(
            r -> r.logGroupName(GROUP).orderBy(order).descending(descending).limit(1))
        .logStreams()
        .stream()
        .map(LogStream::logStreamName)
        .forEach(names::add);
    return names;
  }

  private static void refused(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            CloudWatchLogsException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterException"))
        .hasMessageContaining(message);
  }
}
