package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.oneOf;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;
import static dev.deputy.sandbox.Shape.time;
import static dev.deputy.sandbox.Shape.whole;

import dev.deputy.sandbox.EventHistory.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** CloudTrail: the event history of the caller's account and region. */
final class CloudTrailService implements Service {
  private static final Api API =
      new Api(
          "cloudtrail",
          Protocol.JSON,
          "2013-11-01",
          List.of("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101", "CloudTrail_20131101"),
          "InvalidParameterException");
  private static final int PAGE = 50;
  private static final Duration KEPT = Duration.ofDays(90);

  private final EventHistory history;

  CloudTrailService(EventHistory history) {
    this.history = history;
  }

  @Override
  public Api api() {
    return API;
  }

  @Override
  public List<Action> actions() {
    Shape attribute =
        structure(
            need(
                "AttributeKey",
                oneOf(
                    "EventId",
                    "EventName",
                    "ReadOnly",
                    "Username",
                    "ResourceType",
                    "ResourceName",
                    "EventSource",
                    "AccessKeyId")),
            need("AttributeValue", text(1, 2000)));
    return List.of(
        Action.read(
            "LookupEvents",
            structure(
                may("LookupAttributes", list(attribute)),
                may("StartTime", time()),
                may("EndTime", time()),
                may("MaxResults", whole(1, PAGE)),
                may("NextToken", text(1, 1024))),
            _ -> Permission.of("cloudtrail:LookupEvents", "*"),
            this::lookupEvents));
  }

  private ObjectNode lookupEvents(Call call) {
    Parameters p = call.parameters();
    Instant start = p.time("StartTime").orElse(call.time().minus(KEPT));
    Instant end = p.time("EndTime").orElse(Instant.MAX);
    if (end.isBefore(start)) {
      throw AwsException.of(
          "InvalidTimeRangeException", "The start time must be before the end time.");
    }
    long before =
        p.optionalText("NextToken").map(CloudTrailService::sequence).orElse(Long.MAX_VALUE);
    int size = p.whole("MaxResults", PAGE);
    List<Event> found =
        history.newestFirst(call.account(), call.region()).stream()
            .filter(event -> event.sequence() < before)
            .filter(event -> !event.time().isBefore(start) && !event.time().isAfter(end))
            .filter(matching(p.list("LookupAttributes")))
            .limit(size + 1L)
            .toList();
    ObjectNode answer = Call.object();
    ArrayNode events = answer.putArray("Events");
    found.stream().limit(size).forEach(event -> events.add(view(event)));
    if (found.size() > size) {
      answer.put("NextToken", Long.toUnsignedString(found.get(size - 1).sequence(), 36));
    }
    return answer;
  }

  private static Predicate<Event> matching(List<Parameters> attributes) {
    if (attributes.isEmpty()) {
      return _ -> true;
    }
    if (attributes.size() > 1) {
      throw AwsException.of(
          "InvalidLookupAttributesException", "You can only use one lookup attribute a call.");
    }
    String value = attributes.getFirst().text("AttributeValue");
    return switch (attributes.getFirst().text("AttributeKey")) {
      case "EventId" -> event -> event.id().equals(value);
      case "EventName" -> event -> event.name().equals(value);
      case "ReadOnly" -> event -> Boolean.toString(event.readOnly()).equals(value);
      case "Username" -> event -> event.user().equals(value);
      case "EventSource" -> event -> event.source().equals(value);
      case "AccessKeyId" -> event -> event.accessKeyId().equals(value);
      case "ResourceType" ->
          event -> event.resources().stream().anyMatch(touched -> touched.type().equals(value));
      default -> event -> event.resources().stream().anyMatch(touched -> names(touched, value));
    };
  }

  /** A resource is found by its ARN and by the name at the ARN's end. */
  private static boolean names(Call.Touched touched, String name) {
    return touched.name().equals(name) || touched.name().endsWith("/" + name);
  }

  private static ObjectNode view(Event event) {
    ObjectNode view =
        Call.object()
            .put("EventId", event.id())
            .put("EventName", event.name())
            .put("ReadOnly", Boolean.toString(event.readOnly()))
            .put("EventTime", Times.seconds(event.time()))
            .put("EventSource", event.source())
            .put("Username", event.user());
    if (!event.accessKeyId().isEmpty()) {
      view.put("AccessKeyId", event.accessKeyId());
    }
    ArrayNode resources = view.putArray("Resources");
    event
        .resources()
        .forEach(touched ->
            resources
                .addObject()
                .put("ResourceType", touched.type())
                .put("ResourceName", touched.name()));
    return view.put("CloudTrailEvent", event.json());
  }

  private static long sequence(String token) {
    try {
      return Long.parseUnsignedLong(token, 36);
    } catch (NumberFormatException _) {
      throw AwsException.of("InvalidNextTokenException", "The token is invalid.");
    }
  }
}
