package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.flag;
import static dev.deputy.sandbox.Shape.map;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.oneOf;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;
import static dev.deputy.sandbox.Shape.whole;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** CloudWatch Logs: groups and streams. Events are in {@link LogEvents}. */
final class LogsService implements Service {
  static final Api API =
      new Api(
          "logs",
          Protocol.JSON,
          "2014-03-28",
          List.of("Logs_20140328"),
          "InvalidParameterException");
  static final Shape.Field GROUP = need("logGroupName", text(1, 512, "[\\.\\-_/#A-Za-z0-9]+"));
  static final Shape.Field STREAM = need("logStreamName", text(1, 512, "[^:*]*"));
  static final Shape.Field TOKEN = may("nextToken", text(1, 2048));

  private static final Set<Long> RETENTION =
      Set.of(
          1L, 3L, 5L, 7L, 14L, 30L, 60L, 90L, 120L, 150L, 180L, 365L, 400L, 545L, 731L, 1096L,
          1827L, 2192L, 2557L, 2922L, 3288L, 3653L);

  private final LogGroups groups = new LogGroups();
  private final LogEvents events = new LogEvents(groups);

  @Override
  public Api api() {
    return API;
  }

  @Override
  public List<Action> actions() {
    List<Action> actions = new ArrayList<>(events.actions());
    actions.addAll(groupActions());
    actions.addAll(streamActions());
    return actions;
  }

  private List<Action> groupActions() {
    return List.of(
        Action.write(
            "CreateLogGroup",
            structure(
                GROUP, may("tags", map(text(0, 256))), may("logGroupClass", oneOf("STANDARD"))),
            call ->
                groups
                    .onGroup("logs:CreateLogGroup")
                    .apply(call)
                    .withRequestTags(call.parameters().map("tags")),
            this::createGroup),
        Action.read(
            "DescribeLogGroups",
            structure(
                may("logGroupNamePrefix", text(1, 512, "[\\.\\-_/#A-Za-z0-9]+")),
                may("limit", whole(1, 50)),
                TOKEN),
            call -> Permission.of("logs:DescribeLogGroups", call.arn("log-group::log-stream:")),
            this::describeGroups),
        Action.write(
            "DeleteLogGroup",
            structure(GROUP),
            groups.onGroup("logs:DeleteLogGroup"),
            this::deleteGroup),
        Action.write(
            "PutRetentionPolicy",
            structure(GROUP, need("retentionInDays", whole(1, 3653))),
            groups.onGroup("logs:PutRetentionPolicy"),
            this::putRetention),
        Action.write(
            "DeleteRetentionPolicy",
            structure(GROUP),
            groups.onGroup("logs:DeleteRetentionPolicy"),
            this::deleteRetention));
  }

  private List<Action> streamActions() {
    return List.of(
        Action.write(
            "CreateLogStream",
            structure(GROUP, STREAM),
            groups.onStream("logs:CreateLogStream"),
            this::createStream),
        Action.read(
            "DescribeLogStreams",
            structure(
                GROUP,
                may("logStreamNamePrefix", text(1, 512, "[^:*]*")),
                may("orderBy", oneOf("LogStreamName", "LastEventTime")),
                may("descending", flag()),
                may("limit", whole(1, 50)),
                TOKEN),
            groups.onGroup("logs:DescribeLogStreams"),
            this::describeStreams));
  }

  private ObjectNode createGroup(Call call) {
    String name = call.parameters().text("logGroupName");
    var group = new LogGroup(name, call.time(), call.parameters().map("tags"));
    if (groups.of(call).putIfAbsent(name, group) != null) {
      throw exists("group");
    }
    call.touches("AWS::Logs::LogGroup", LogGroups.arn(call, name));
    return Call.object();
  }

  private ObjectNode describeGroups(Call call) {
    String prefix = call.parameters().text("logGroupNamePrefix", "");
    List<LogGroup> found =
        groups.of(call).values().stream().filter(group -> group.name().startsWith(prefix)).toList();
    Page<LogGroup> page = LogGroups.page(call, found, LogGroup::name, Comparator.naturalOrder());
    ObjectNode answer = Call.object();
    ArrayNode list = answer.putArray("logGroups");
    for (LogGroup group : page.items()) {
      String arn = LogGroups.arn(call, group.name());
      ObjectNode view =
          list.addObject()
              .put("logGroupName", group.name())
              .put("creationTime", group.created())
              .put("metricFilterCount", 0)
              .put("arn", arn + ":*")
              .put("storedBytes", 0)
              .put("logGroupClass", "STANDARD")
              .put("logGroupArn", arn);
      group.retentionDays().ifPresent(days -> view.put("retentionInDays", days));
    }
    page.next().ifPresent(token -> answer.put("nextToken", token));
    return answer;
  }

  private ObjectNode deleteGroup(Call call) {
    String name = call.parameters().text("logGroupName");
    if (groups.of(call).remove(name) == null) {
      throw LogGroups.missing("group");
    }
    call.touches("AWS::Logs::LogGroup", LogGroups.arn(call, name));
    return Call.object();
  }

  private ObjectNode putRetention(Call call) {
    long days = call.parameters().whole("retentionInDays", 0L);
    if (!RETENTION.contains(days)) {
      throw API.invalid(
          "The specified retention period of %d days is not valid; one of %s is expected."
              .formatted(days, RETENTION.stream().sorted().toList()));
    }
    groups.group(call).retain(OptionalLong.of(days));
    call.touches("AWS::Logs::LogGroup", LogGroups.arn(call, groups.group(call).name()));
    return Call.object();
  }

  private ObjectNode deleteRetention(Call call) {
    groups.group(call).retain(OptionalLong.empty());
    return Call.object();
  }

  private ObjectNode createStream(Call call) {
    if (!groups.group(call).add(call.parameters().text("logStreamName"), call.time())) {
      throw exists("stream");
    }
    return Call.object();
  }

  private ObjectNode describeStreams(Call call) {
    Parameters p = call.parameters();
    LogGroup group = groups.group(call);
    String prefix = p.text("logStreamNamePrefix", "");
    boolean byTime = p.text("orderBy", "LogStreamName").equals("LastEventTime");
    if (byTime && !prefix.isEmpty()) {
      throw API.invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
    }
    Function<LogGroup.Stream, String> key =
        byTime
            ? stream -> "%020d/%s".formatted(lastEvent(stream), stream.name())
            : LogGroup.Stream::name;
    Comparator<String> order =
        p.flag("descending", false) ? Comparator.reverseOrder() : Comparator.naturalOrder();
    List<LogGroup.Stream> found =
        group.streams().values().stream()
            .filter(stream -> stream.name().startsWith(prefix))
            .sorted(Comparator.comparing(key, order))
            .toList();
    Page<LogGroup.Stream> page = LogGroups.page(call, found, key, order);
    ObjectNode answer = Call.object();
    ArrayNode list = answer.putArray("logStreams");
    page.items().forEach(stream -> list.add(view(call, group, stream)));
    page.next().ifPresent(token -> answer.put("nextToken", token));
    return answer;
  }

  private static ObjectNode view(Call call, LogGroup group, LogGroup.Stream stream) {
    ObjectNode view =
        Call.object()
            .put("logStreamName", stream.name())
            .put("creationTime", stream.created())
            .put("arn", LogGroups.arn(call, group.name()) + ":log-stream:" + stream.name())
            .put("storedBytes", 0);
    if (!stream.events().isEmpty()) {
      view.put("firstEventTimestamp", stream.events().firstKey().timestamp())
          .put("lastEventTimestamp", lastEvent(stream))
          .put("lastIngestionTime", stream.ingested());
    }
    return view;
  }

  private static long lastEvent(LogGroup.Stream stream) {
    return stream.events().isEmpty() ? 0 : stream.events().lastKey().timestamp();
  }

  private static AwsException exists(String what) {
    return AwsException.of(
        "ResourceAlreadyExistsException", "The specified log %s already exists".formatted(what));
  }
}
