package dev.deputy.fleet;

import dev.deputy.core.BuildId;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchId;
import dev.deputy.core.LaunchState;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Launches that an earlier process of the controller assigned to builds that go on, until their
 * builds ask for their agents. Thread-safe.
 */
final class Expected {
  private final Map<LaunchId, Launch> launches = new ConcurrentHashMap<>();

  /** Whether it is known which ones may be asked for. */
  private volatile boolean known;

  /** Takes those that may be asked for; until then any may be. */
  void expect(Collection<Launch> live, Predicate<BuildId> goesOn) {
    live.stream()
        .filter(launch -> launch.state() instanceof LaunchState.Assigned)
        .filter(launch -> goesOn.test(launch.build()))
        .forEach(launch -> launches.put(launch.id(), launch));
    known = true;
  }

  /** Whether the agent of this launch may be asked for yet. */
  boolean mayHave(String launch) {
    return !known || launches.keySet().stream().anyMatch(id -> id.value().equals(launch));
  }

  boolean has(LaunchId launch) {
    return launches.containsKey(launch);
  }

  /** The launch; empty where it is not expected. */
  Optional<Launch> find(LaunchId launch) {
    return Optional.ofNullable(launches.get(launch));
  }

  /** Its agent was asked for. */
  void remove(LaunchId launch) {
    launches.remove(launch);
  }

  /** Expects nothing of a build any more; whether there was something. */
  boolean forget(BuildId build) {
    return launches.values().removeIf(launch -> launch.build().equals(build));
  }
}
