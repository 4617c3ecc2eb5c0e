package dev.deputy.sandbox;

import dev.deputy.sandbox.Identity.AwsService;
import dev.deputy.sandbox.Identity.RoleSession;
import dev.deputy.sandbox.Identity.Root;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * CloudTrail's event history: every call, by account and region, visible at once. As in AWS, what
 * moves log lines is a data event and not kept, and global services are recorded in us-east-1.
 * Thread-safe.
 */
final class EventHistory implements Trail {
  private static final int KEPT = 100_000;
  private static final String GLOBAL_REGION = "us-east-1";
  private static final Set<String> DATA_EVENTS =
      Set.of("PutLogEvents", "GetLogEvents", "FilterLogEvents");

  /** What LookupEvents can ask for, and the event itself as JSON. */
  record Event(
      long sequence,
      String id,
      Instant time,
      String name,
      String source,
      String user,
      String accessKeyId,
      boolean readOnly,
      List<Call.Touched> resources,
      String json) {}

  /** One finished call. */
  private record Finished(
      Call call, Action action, Optional<ObjectNode> answer, Optional<AwsException> refusal) {}

  /** The events of one account and region, oldest first; guarded by itself. */
  private final Regional<List<Event>> histories = new Regional<>(ArrayList::new);

  private final AtomicLong sequence = new AtomicLong();

  @Override
  public void record(
      Call call, Action action, Optional<ObjectNode> answer, Optional<AwsException> refusal) {
    if (DATA_EVENTS.contains(action.name())
        || (call.api().equals(S3Service.API) && S3Service.isDataEvent(action.name()))) {
      return;
    }
    var finished = new Finished(call, action, answer, refusal);
    Set<String> others = call.otherAccounts();
    Optional<String> shared =
        others.isEmpty() ? Optional.empty() : Optional.of(UUID.randomUUID().toString());
    keep(finished, call.account(), shared);
    others.forEach(account -> keep(finished, account, shared));
  }

  /** The events of one account and region, newest first. */
  List<Event> newestFirst(String account, String region) {
    List<Event> history = histories.of(account, region);
    synchronized (history) {
      return List.copyOf(history.reversed());
    }
  }

  private void keep(Finished finished, String recipient, Optional<String> shared) {
    Call call = finished.call();
    String region = region(call);
    String id = UUID.randomUUID().toString();
    var event =
        new Event(
            sequence.incrementAndGet(),
            id,
            call.time(),
            finished.action().name(),
            call.api().eventSource(),
            user(call.caller().identity()),
            call.caller().accessKeyId(),
            finished.action().readOnly(),
            call.touched(),
            json(finished, id, recipient, shared).toString());
    List<Event> history = histories.of(recipient, region);
    synchronized (history) {
      history.add(event);
      if (history.size() > KEPT) {
        history.subList(0, KEPT / 10).clear();
      }
    }
  }

  private static String region(Call call) {
    return call.api().name().equals("iam") ? GLOBAL_REGION : call.region();
  }

  private static ObjectNode json(
      Finished finished, String id, String recipient, Optional<String> shared) {
    Call call = finished.call();
    Action action = finished.action();
    ObjectNode json = Call.object().put("eventVersion", "1.11");
    json.set("userIdentity", userIdentity(call.caller(), recipient));
    json.put("eventTime", Times.iso(call.time()))
        .put("eventSource", call.api().eventSource())
        .put("eventName", action.name())
        .put("awsRegion", region(call))
        .put("sourceIPAddress", call.caller().sourceAddress())
        .put("userAgent", call.caller().userAgent());
    finished
        .refusal()
        .ifPresent(refusal ->
            json.put("errorCode", errorCode(refusal)).put("errorMessage", refusal.text()));
    addElements(json, finished);
    json.put("requestID", call.requestId()).put("eventID", id).put("readOnly", action.readOnly());
    if (!call.touched().isEmpty()) {
      var resources = json.putArray("resources");
      call.touched()
          .forEach(touched ->
              resources
                  .addObject()
                  .put("accountId", owner(touched, recipient))
                  .put("type", touched.type())
                  .put("ARN", touched.name()));
    }
    json.put("eventType", "AwsApiCall")
        .put("managementEvent", true)
        .put("recipientAccountId", recipient)
        .put("eventCategory", "Management");
    shared.ifPresent(value -> json.put("sharedEventID", value));
    return json;
  }

  /** Parameters only if they were understood: what was not may hold secrets anywhere. */
  private static void addElements(ObjectNode json, Finished finished) {
    Action action = finished.action();
    ObjectNode parameters = finished.call().parameters().node();
    boolean shown = finished.call().understood() && !parameters.isEmpty();
    if (shown) {
      json.set("requestParameters", Redaction.request(action.shape(), parameters));
    } else {
      json.putNull("requestParameters");
    }
    boolean answered = !action.readOnly() || action.name().equals("AssumeRole");
    Optional<ObjectNode> answer = finished.answer().filter(node -> answered && !node.isEmpty());
    if (answer.isPresent()) {
      json.set("responseElements", Redaction.answer(answer.get()));
    } else {
      json.putNull("responseElements");
    }
  }

  private static ObjectNode userIdentity(Caller caller, String recipient) {
    ObjectNode json = Call.object();
    Identity identity = caller.identity();
    boolean foreign = !identity.account().equals(recipient);
    if (identity instanceof AwsService(String name, _, _)) {
      return json.put("type", "AWSService").put("invokedBy", name);
    }
    if (foreign) {
      return json.put("type", "AWSAccount")
          .put("principalId", identity.userId())
          .put("accountId", identity.account());
    }
    json.put("type", identity instanceof Root ? "Root" : "AssumedRole")
        .put("principalId", identity.userId())
        .put("arn", identity.arn())
        .put("accountId", identity.account())
        .put("accessKeyId", caller.accessKeyId());
    if (identity instanceof RoleSession session) {
      json.set("sessionContext", sessionContext(session));
    }
    caller.invokedBy().ifPresent(service -> json.put("invokedBy", service));
    return json;
  }

  private static ObjectNode sessionContext(RoleSession session) {
    ObjectNode context = Call.object();
    context
        .putObject("sessionIssuer")
        .put("type", "Role")
        .put("principalId", session.role().id())
        .put("arn", session.role().arn())
        .put("accountId", session.role().account())
        .put("userName", session.role().name());
    context
        .putObject("attributes")
        .put("creationDate", Times.iso(session.issued()))
        .put("mfaAuthenticated", "false");
    session.sourceIdentity().ifPresent(identity -> context.put("sourceIdentity", identity));
    return context;
  }

  private static String user(Identity identity) {
    return switch (identity) {
      case Root _ -> "root";
      case AwsService service -> service.name();
      case RoleSession session -> session.name();
    };
  }

  private static String owner(Call.Touched touched, String recipient) {
    String[] arn = touched.name().split(":", 6);
    return arn.length == 6 && arn[4].matches("\\d{12}") ? arn[4] : recipient;
  }

  private static String errorCode(AwsException refusal) {
    return refusal.code().equals("AccessDeniedException") ? "AccessDenied" : refusal.code();
  }
}
