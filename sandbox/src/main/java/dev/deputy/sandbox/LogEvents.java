package dev.deputy.sandbox;

import static dev.deputy.sandbox.LogsService.GROUP;
import static dev.deputy.sandbox.LogsService.STREAM;
import static dev.deputy.sandbox.LogsService.TOKEN;
import static dev.deputy.sandbox.Shape.flag;
import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;
import static dev.deputy.sandbox.Shape.whole;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.deputy.sandbox.LogGroup.Event;
import dev.deputy.sandbox.LogGroup.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** CloudWatch Logs: writing and reading events. */
final class LogEvents {
  private static final int BATCH_BYTES = 1 << 20;
  private static final int EVENT_OVERHEAD = 26;
  private static final int PAGE = 10_000;
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final LogGroups groups;

  LogEvents(LogGroups groups) {
    this.groups = groups;
  }

  List<Action> actions() {
    Shape event =
        structure(
            need("timestamp", whole(0, Long.MAX_VALUE)), need("message", text(1, BATCH_BYTES)));
    Shape.Field start = may("startTime", whole(0, Long.MAX_VALUE));
    Shape.Field end = may("endTime", whole(0, Long.MAX_VALUE));
    Shape.Field limit = may("limit", whole(1, PAGE));
    return List.of(
        Action.write(
            "PutLogEvents",
            structure(
                GROUP,
                STREAM,
                need("logEvents", list(event, 1, PAGE)),
                may("sequenceToken", text(1, 2048))),
            groups.onStream("logs:PutLogEvents"),
            this::put),
        Action.read(
            "GetLogEvents",
            structure(GROUP, STREAM, start, end, TOKEN, limit, may("startFromHead", flag())),
            groups.onStream("logs:GetLogEvents"),
            this::get),
        Action.read(
            "FilterLogEvents",
            structure(
                GROUP,
                may("logStreamNames", list(text(1, 512, "[^:*]*"), 1, 100)),
                may("logStreamNamePrefix", text(1, 512, "[^:*]*")),
                start,
                end,
                may("filterPattern", text(0, 1024)),
                TOKEN,
                limit,
                may("interleaved", flag())),
            groups.onGroup("logs:FilterLogEvents"),
            this::filter));
  }

  private ObjectNode put(Call call) {
    LogGroup group = groups.group(call);
    LogGroup.Stream stream = groups.stream(call);
    List<Parameters> batch = call.parameters().list("logEvents");
    requireBatch(batch);
    long now = call.time().toEpochMilli();
    int expired = countBefore(batch, group.horizon(call.time()));
    int tooOld = countBefore(batch, now - 14 * DAY);
    int fine = countBefore(batch, now + DAY / 12);
    for (Parameters event : batch.subList(Math.min(Math.max(expired, tooOld), fine), fine)) {
      stream.add(event.whole("timestamp", 0L), event.text("message"), now);
    }
    ObjectNode rejected = Call.object();
    if (expired > 0) {
      rejected.put("expiredLogEventEndIndex", expired);
    }
    if (tooOld > 0) {
      rejected.put("tooOldLogEventEndIndex", tooOld);
    }
    if (fine < batch.size()) {
      rejected.put("tooNewLogEventStartIndex", fine);
    }
    ObjectNode answer = Call.object().put("nextSequenceToken", Ids.unique("", 56));
    return rejected.isEmpty() ? answer : answer.set("rejectedLogEventsInfo", rejected);
  }

  private static int countBefore(List<Parameters> batch, long time) {
    return (int) batch.stream().filter(event -> event.whole("timestamp", 0L) < time).count();
  }

  private static void requireBatch(List<Parameters> batch) {
    long size = 0;
    long previous = 0;
    for (Parameters event : batch) {
      size += event.text("message").getBytes(UTF_8).length + EVENT_OVERHEAD;
      long timestamp = event.whole("timestamp", 0L);
      if (timestamp < previous) {
        throw LogsService.API.invalid(
            "Log events in a single PutLogEvents request must be in chronological order.");
      }
      previous = timestamp;
    }
    if (size > BATCH_BYTES) {
      throw LogsService.API.invalid(
          "Upload too large: %d bytes exceeds limit of %d".formatted(size, BATCH_BYTES));
    }
    if (previous - batch.getFirst().whole("timestamp", 0L) > DAY) {
      throw LogsService.API.invalid(
          "The batch of log events in a single PutLogEvents request cannot span more than 24"
              + " hours.");
    }
  }

  private ObjectNode get(Call call) {
    Parameters p = call.parameters();
    LogGroup group = groups.group(call);
    Optional<LogToken> token = p.optionalText("nextToken").map(LogToken::parse);
    boolean forward = token.map(LogToken::forward).orElse(p.flag("startFromHead", false));
    Position from = token.map(LogToken::position).orElse(Position.START);
    NavigableMap<Position, Event> events = events(call, group, groups.stream(call), token);
    List<Event> page =
        cut((forward ? events : events.descendingMap()).values(), p.whole("limit", PAGE));
    if (!forward) {
      Collections.reverse(page);
    }
    ObjectNode answer = Call.object();
    ArrayNode list = answer.putArray("events");
    page.forEach(event -> list.add(view(event)));
    Position last = page.isEmpty() ? from : page.getLast().position();
    Position first = page.isEmpty() ? from : page.getFirst().position();
    return answer
        .put("nextForwardToken", new LogToken(true, last).toString())
        .put("nextBackwardToken", new LogToken(false, first).toString());
  }

  /** At most so many events and a megabyte of them, but always one. */
  private static List<Event> cut(Collection<Event> events, int limit) {
    List<Event> page = new ArrayList<>();
    long size = 0;
    for (Event event : events) {
      size += event.message().getBytes(UTF_8).length + EVENT_OVERHEAD;
      if (page.size() == limit || (size > BATCH_BYTES && !page.isEmpty())) {
        break;
      }
      page.add(event);
    }
    return page;
  }

  /** An event that a filter found. */
  private record Found(String key, LogGroup.Stream stream, Event event) {}

  private ObjectNode filter(Call call) {
    Parameters p = call.parameters();
    Page<Found> page;
    try {
      page =
          Page.of(
              found(call),
              Found::key,
              Comparator.naturalOrder(),
              p.optionalText("nextToken"),
              p.whole("limit", PAGE));
    } catch (IllegalArgumentException _) {
      throw badToken();
    }
    ObjectNode answer = Call.object();
    ArrayNode list = answer.putArray("events");
    for (Found one : page.items()) {
      list.add(
          view(one.event())
              .put("logStreamName", one.stream().name())
              .put("eventId", "%s/%s".formatted(one.stream().created(), one.key())));
    }
    answer.putArray("searchedLogStreams");
    page.next().ifPresent(token -> answer.put("nextToken", token));
    return answer;
  }

  private List<Found> found(Call call) {
    Parameters p = call.parameters();
    LogGroup group = groups.group(call);
    List<String> names = p.texts("logStreamNames");
    String prefix = p.text("logStreamNamePrefix", "");
    if (!names.isEmpty() && !prefix.isEmpty()) {
      throw LogsService.API.invalid(
          "logStreamNames and logStreamNamePrefix cannot be used together.");
    }
    List<String> terms = terms(p.text("filterPattern", ""));
    List<Found> found = new ArrayList<>();
    for (LogGroup.Stream stream : group.streams().values()) {
      if (stream.name().startsWith(prefix) && (names.isEmpty() || names.contains(stream.name()))) {
        for (Event event : events(call, group, stream, Optional.empty()).values()) {
          if (terms.stream().allMatch(event.message()::contains)) {
            found.add(new Found(key(stream, event), stream, event));
          }
        }
      }
    }
    found.sort(Comparator.comparing(Found::key));
    return found;
  }

  private static String key(LogGroup.Stream stream, Event event) {
    return "%020d/%s/%020d"
        .formatted(event.position().timestamp(), stream.name(), event.position().sequence());
  }

  /** The words that must all occur; what else AWS's pattern language has is refused. */
  private static List<String> terms(String pattern) {
    List<String> terms = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("\\s*(?:\"([^\"]*)\"|([\\w.:/@#=+,-]+))\\s*").matcher(pattern);
    int end = 0;
    while (end < pattern.length()) {
      String rest = pattern.substring(end).strip();
      if (rest.isEmpty()) {
        break;
      }
      if (!matcher.find(end) || matcher.start() != end || rest.startsWith("-")) {
        throw LogsService.API.invalid(
            "The filter pattern %s is not supported: words and quoted phrases are."
                .formatted(pattern));
      }
      terms.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
      end = matcher.end();
    }
    return terms;
  }

  /** The events that the request's times and the group's retention leave, beyond the token. */
  private static NavigableMap<Position, Event> events(
      Call call, LogGroup group, LogGroup.Stream stream, Optional<LogToken> token) {
    Parameters p = call.parameters();
    long start = Math.max(p.whole("startTime", 0L), group.horizon(call.time()));
    var after = new Position(start, 0);
    var before = new Position(p.whole("endTime", Long.MAX_VALUE), 0);
    if (token.isPresent()) {
      Position position = token.get().position();
      if (token.get().forward()) {
        after = position.compareTo(after) > 0 ? position : after;
      } else {
        before = position.compareTo(before) < 0 ? position : before;
      }
    }
    return after.compareTo(before) < 0
        ? stream.events().subMap(after, false, before, false)
        : Collections.emptyNavigableMap();
  }

  private static ObjectNode view(Event event) {
    return Call.object()
        .put("timestamp", event.position().timestamp())
        .put("message", event.message())
        .put("ingestionTime", event.ingested());
  }

  static AwsException badToken() {
    return LogsService.API.invalid("The specified nextToken is invalid.");
  }
}
