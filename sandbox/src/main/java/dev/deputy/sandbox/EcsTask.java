package dev.deputy.sandbox;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A task: what it was asked to be, and how far it has come. Thread-safe. */
final class EcsTask {
  private final EcsTaskSpec spec;
  private final List<EcsTaskSpec.Container> containers;
  private final AtomicReference<EcsTaskState> state;

  EcsTask(EcsTaskSpec spec) {
    this.spec = spec;
    this.containers = spec.newContainers();
    this.state = new AtomicReference<>(EcsTaskState.fresh(containers.size()));
  }

  EcsTaskSpec spec() {
    return spec;
  }

  List<EcsTaskSpec.Container> containers() {
    return containers;
  }

  EcsTaskState state() {
    return state.get();
  }

  /** Moves on to the next state and answers it. */
  EcsTaskState move(UnaryOperator<EcsTaskState> change) {
    return state.updateAndGet(change);
  }

  /** As ECS answers it, without tags. */
  ObjectNode json() {
    EcsTaskState now = state.get();
    ObjectNode json = Call.object();
    spec.describe(json);
    now.describe(json);
    ArrayNode list = json.putArray("containers");
    for (int i = 0; i < containers.size(); i++) {
      describe(list.addObject(), containers.get(i), now.containers().get(i));
    }
    return json;
  }

  private void describe(
      ObjectNode json, EcsTaskSpec.Container container, EcsTaskState.Container now) {
    json.put("containerArn", container.arn());
    json.put("taskArn", spec.arn());
    json.put("name", container.name());
    json.put("image", container.image());
    json.put("runtimeId", container.runtimeId());
    json.put("lastStatus", now.last().name());
    json.put("healthStatus", "UNKNOWN");
    json.putArray("networkBindings");
    json.putArray("networkInterfaces");
    for (String size : List.of("cpu", "memory", "memoryReservation")) {
      Parameters from =
          container.overrides().has(size) ? container.overrides() : container.definition();
      if (from.has(size)) {
        json.put(size, Long.toString(from.whole(size, 0L)));
      }
    }
    now.exitCode().ifPresent(code -> json.put("exitCode", code));
    now.reason().ifPresent(reason -> json.put("reason", reason));
  }
}
