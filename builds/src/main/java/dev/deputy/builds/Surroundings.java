package dev.deputy.builds;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What blocks put around the steps in them, beside variables and a folder.
 *
 * @param fromFiles variables whose values only the agent knows, by the files that hold them
 * @param secrets names of variables that hold secrets
 * @param container in which scripts run, by name; empty for the agent itself
 * @param listeners who wants to know of the steps
 */
record Surroundings(
    Map<String, String> fromFiles,
    Set<String> secrets,
    Optional<String> container,
    List<Listener> listeners) {
  static final Surroundings NONE =
      new Surroundings(Map.of(), Set.of(), Optional.empty(), List.of());

  /** Is told the number of each step, with the baton, before that does anything. */
  @FunctionalInterface
  interface Listener {
    void reached(int step);
  }

  Surroundings {
    fromFiles = Map.copyOf(fromFiles);
    secrets = Set.copyOf(secrets);
    listeners = List.copyOf(listeners);
  }

  Surroundings with(Listener another) {
    List<Listener> all = Stream.concat(listeners.stream(), Stream.of(another)).toList();
    return new Surroundings(fromFiles, secrets, container, all);
  }

  Surroundings with(Map<String, String> moreFromFiles, Set<String> moreSecrets) {
    var files = new LinkedHashMap<>(fromFiles);
    files.putAll(moreFromFiles);
    var names = new LinkedHashSet<>(secrets);
    names.addAll(moreSecrets);
    return new Surroundings(files, names, container, listeners);
  }

  /** Scripts run in this container. */
  Surroundings in(Optional<String> other) {
    return new Surroundings(fromFiles, secrets, other, listeners);
  }

  /** Files and containers stay where they are. */
  Surroundings onAnotherAgent() {
    return new Surroundings(Map.of(), secrets, Optional.empty(), listeners);
  }
}
