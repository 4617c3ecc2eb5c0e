package dev.deputy.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The way of every call, from outside or from one service to another: find the action, hold the
 * parameters against its shape, authorise, handle, record. Thread-safe; services are added before
 * the first call.
 */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private record Entry(Service service, Map<String, Action> actions) {}

  private final Map<String, Entry> services = new ConcurrentHashMap<>();
  private final Authorizer authorizer;
  private final Trail trail;
  private final Clock clock;

  Dispatcher(Authorizer authorizer, Trail trail, Clock clock) {
    this.authorizer = authorizer;
    this.trail = trail;
    this.clock = clock;
  }

  void add(Service service) {
    Map<String, Action> actions = new ConcurrentHashMap<>();
    for (Action action : service.actions()) {
      if (actions.put(action.name(), action) != null) {
        throw new IllegalArgumentException(action.name() + ": declared twice");
      }
    }
    services.put(service.api().name(), new Entry(service, actions));
  }

  Authorizer authorizer() {
    return authorizer;
  }

  /** The service with this signing name. */
  Optional<Api> api(String name) {
    return Optional.ofNullable(services.get(name)).map(entry -> entry.service().api());
  }

  /** The service that an X-Amz-Target prefix means. */
  Optional<Api> apiOfTarget(String prefix) {
    return services.values().stream()
        .map(entry -> entry.service().api())
        .filter(api -> api.targets().contains(prefix))
        .findFirst();
  }

  /**
   * Calls an action.
   *
   * @return the answer, not shared
   * @throws AwsException as the service refuses
   */
  ObjectNode invoke(Caller caller, String service, String action, ObjectNode parameters) {
    return invoke(caller, service, action, parameters, UUID.randomUUID().toString());
  }

  /** Calls an action under a request id that was chosen before. */
  ObjectNode invoke(
      Caller caller, String service, String actionName, ObjectNode parameters, String requestId) {
    Entry entry = services.get(service);
    if (entry == null) {
      throw AwsException.of("UnknownOperationException", "The service " + service + " is unknown.");
    }
    Api api = entry.service().api();
    Action action = entry.actions().get(actionName);
    if (action == null) {
      throw unknown(api, actionName);
    }
    Instant now = clock.instant();
    ObjectNode normal;
    try {
      normal = ShapeCheck.normalise(api, action.shape(), parameters);
    } catch (AwsException refusal) {
      var asked = new Call.Asked(api, caller, new Parameters(parameters), false, requestId, now);
      trail.record(new Call(this, asked), action, Optional.empty(), Optional.of(refusal));
      throw refusal;
    }
    var asked = new Call.Asked(api, caller, new Parameters(normal), true, requestId, now);
    return handle(new Call(this, asked), action);
  }

  private ObjectNode handle(Call call, Action action) {
    try {
      action.permissions().apply(call).forEach(call::require);
      ObjectNode answer = action.handler().apply(call);
      trail.record(call, action, Optional.of(answer), Optional.empty());
      return answer;
    } catch (AwsException refusal) {
      trail.record(call, action, Optional.empty(), Optional.of(refusal));
      throw refusal;
    } catch (RuntimeException fault) {
      LOG.error("{}:{} failed", call.api().name(), action.name(), fault);
      var refusal =
          new AwsException("InternalFailure", 500, "An internal error occurred in the sandbox.");
      trail.record(call, action, Optional.empty(), Optional.of(refusal));
      throw refusal;
    }
  }

  private static AwsException unknown(Api api, String action) {
    return switch (api.protocol()) {
      case QUERY ->
          AwsException.of(
              "InvalidAction",
              "Could not find operation %s for version %s".formatted(action, api.version()));
      case JSON ->
          AwsException.of(
              "UnknownOperationException",
              "The operation %s of %s is not supported.".formatted(action, api.name()));
    };
  }
}
