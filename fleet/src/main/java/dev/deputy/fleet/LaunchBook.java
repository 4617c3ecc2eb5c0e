package dev.deputy.fleet;

import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchId;
import dev.deputy.core.LaunchState;
import dev.deputy.core.LaunchStore;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Moves launches on: each transition is stored with its audit record, and happens once. */
final class LaunchBook {
  private static final String ACTOR = "controller";

  private final LaunchStore launches;
  private final InstantSource clock;
  private final Consumer<LaunchId> over;

  /**
   * @param over is told of each launch that is known to be over: at least once
   */
  LaunchBook(LaunchStore launches, InstantSource clock, Consumer<LaunchId> over) {
    this.launches = launches;
    this.clock = clock;
    this.over = over;
  }

  static LaunchId newId() {
    return new LaunchId(UUID.randomUUID().toString());
  }

  /** A launch for the need, not stored yet. */
  Launch draft(LaunchId id, Need need, String taskDefinition) {
    return new Launch(
        id,
        need.build(),
        need.stage(),
        need.template(),
        taskDefinition,
        new LaunchState.Requested(),
        clock.instant(),
        0);
  }

  void create(Launch launch, String grant) {
    launches.create(launch, record(launch, "launch-requested", Map.of("grant", grant)));
  }

  Optional<Launch> find(LaunchId id) {
    return launches.find(id);
  }

  /** The launch one transition on; empty where the event is not possible (any more). */
  Optional<Launch> advance(LaunchId id, LaunchState.Event event, Map<String, String> details) {
    while (true) {
      Optional<Launch> found = launches.find(id);
      if (found.filter(launch -> launch.state().terminal()).isPresent()) {
        over.accept(id);
        return Optional.empty();
      }
      Optional<LaunchState> next = found.map(Launch::state).flatMap(state -> state.on(event));
      if (next.isEmpty() || next.equals(found.map(Launch::state))) {
        return Optional.empty();
      }
      Launch moved = found.orElseThrow().next(next.get());
      if (launches.update(
          moved, record(moved, action(event, moved.state()), with(event, details)))) {
        if (moved.state().terminal()) {
          over.accept(id);
        }
        return Optional.of(moved);
      }
    }
  }

  /** A record about a launch, at this moment. */
  AuditRecord record(Launch launch, String action, Map<String, String> details) {
    Map<String, String> all = new HashMap<>(details);
    all.put("launch", launch.id().value());
    all.put("template", launch.template().value());
    all.put("stage", launch.stage());
    launch.state().task().ifPresent(task -> all.put("task", task));
    return record(action, Optional.of(launch.build()), all);
  }

  AuditRecord record(String action, Optional<BuildId> build, Map<String, String> details) {
    return new AuditRecord(clock.instant(), action, ACTOR, build, details);
  }

  private static String action(LaunchState.Event event, LaunchState state) {
    return switch (event) {
      case LaunchState.Event.Submit _ -> "task-submitted";
      case LaunchState.Event.Register _ -> "agent-registered";
      case LaunchState.Event.Assign _ -> "agent-assigned";
      case LaunchState.Event.Stop _ -> "task-stopping";
      case LaunchState.Event.ConfirmStopped _ ->
          state.task().isPresent() ? "task-stopped" : "no-task-started";
      case LaunchState.Event.Fail _ -> "launch-failed";
    };
  }

  private static Map<String, String> with(LaunchState.Event event, Map<String, String> details) {
    if (!(event instanceof LaunchState.Event.Fail(var kind, var reason))) {
      return details;
    }
    Map<String, String> all = new HashMap<>(details);
    all.put("kind", kind.name());
    all.put("reason", reason);
    return all;
  }
}
