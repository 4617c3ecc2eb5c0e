package dev.deputy.fleet;

import dev.deputy.core.Launch;
import dev.deputy.core.LaunchId;
import dev.deputy.core.LaunchState;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells tasks that no live launch stands for from tasks whose RunTask was answered only a moment
 * ago: a task that nobody knows may belong to any launch that waited for its answer when the task
 * was first seen, and is an orphan as soon as all of those have turned out otherwise. Not
 * thread-safe.
 */
final class Orphans {
  /** By unknown task the launches that it may belong to. */
  private Map<String, Set<LaunchId>> unknown = new HashMap<>();

  /**
   * The tasks to stop.
   *
   * @param running tasks of this controller
   * @param live launches, read after the tasks
   */
  List<String> among(Collection<String> running, Collection<Launch> live) {
    Set<String> known =
        live.stream()
            .map(Launch::state)
            .map(LaunchState::task)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
    Set<LaunchId> waiting =
        live.stream()
            .filter(launch -> launch.state() instanceof LaunchState.Requested)
            .map(Launch::id)
            .collect(Collectors.toSet());
    Map<String, Set<LaunchId>> still = new HashMap<>();
    for (String task : running) {
      if (!known.contains(task)) {
        Set<LaunchId> owners = new HashSet<>(unknown.getOrDefault(task, waiting));
        owners.retainAll(waiting);
        still.put(task, owners);
      }
    }
    unknown = still;
    return still.entrySet().stream()
        .filter(entry -> entry.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }
}
