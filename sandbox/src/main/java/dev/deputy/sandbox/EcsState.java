package dev.deputy.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** What ECS knows in one account and region. Thread-safe. */
final class EcsState {

  /** A cluster; what it was created with beside its name is in {@code settings}. */
  record Cluster(String arn, String name, boolean active, ObjectNode settings) {}

  private static final Duration TOKENS_LAST = Duration.ofHours(24);

  private final Map<String, Cluster> clusters = new ConcurrentSkipListMap<>();
  private final Map<String, EcsTask> tasks = new ConcurrentHashMap<>();
  private final Map<String, Map<String, String>> tags = new ConcurrentHashMap<>();

  /** Launches by client token; guarded by itself. */
  private final Map<String, Launch> launches = new HashMap<>();

  /** Revisions by family, the first one first; guarded by itself. */
  private final Map<String, List<EcsTaskDefinition>> families = new TreeMap<>();

  Map<String, Cluster> clusters() {
    return clusters;
  }

  /** Tasks by id, also those that have stopped a short while ago. */
  Map<String, EcsTask> tasks() {
    return tasks;
  }

  /** Makes the next revision of a family. */
  EcsTaskDefinition register(String family, IntFunction<EcsTaskDefinition> next) {
    synchronized (families) {
      List<EcsTaskDefinition> revisions = families.computeIfAbsent(family, _ -> new ArrayList<>());
      EcsTaskDefinition definition = next.apply(revisions.size() + 1);
      revisions.add(definition);
      return definition;
    }
  }

  /** A revision. */
  Optional<EcsTaskDefinition> definition(String family, int revision) {
    synchronized (families) {
      List<EcsTaskDefinition> revisions = families.getOrDefault(family, List.of());
      return revision >= 1 && revision <= revisions.size()
          ? Optional.of(revisions.get(revision - 1))
          : Optional.empty();
    }
  }

  /** The newest active revision of a family. */
  Optional<EcsTaskDefinition> newest(String family) {
    synchronized (families) {
      return families.getOrDefault(family, List.of()).reversed().stream()
          .filter(EcsTaskDefinition::active)
          .findFirst();
    }
  }

  /** Puts a revision in the place of the one with the same number. */
  void replace(EcsTaskDefinition definition) {
    synchronized (families) {
      families
          .getOrDefault(definition.family(), new ArrayList<>())
          .set(definition.revision() - 1, definition);
    }
  }

  /** All revisions, by family and number. */
  List<EcsTaskDefinition> definitions() {
    synchronized (families) {
      return families.values().stream().flatMap(List::stream).toList();
    }
  }

  /** What one client token has launched, and from which request. */
  record Launch(ObjectNode request, List<EcsTask> tasks, Instant time) {}

  /**
   * Launches, unless this was done before under the same token.
   *
   * @param launch called at most once, while no other launch of this account and region goes on
   */
  Launch launchOnce(String token, Supplier<Launch> launch) {
    synchronized (launches) {
      Launch known = launches.get(token);
      if (known != null) {
        return known;
      }
      Launch fresh = launch.get();
      Instant horizon = fresh.time.minus(TOKENS_LAST);
      launches.values().removeIf(old -> old.time.isBefore(horizon));
      launches.put(token, fresh);
      return fresh;
    }
  }

  /** The tags of a resource; none when it has none. */
  Map<String, String> tags(String arn) {
    return tags.getOrDefault(arn, Map.of());
  }

  /** Adds to the tags of a resource. */
  void tag(String arn, Map<String, String> more) {
    if (!more.isEmpty()) {
      tags.merge(
          arn,
          Map.copyOf(more),
          (old, added) -> {
            Map<String, String> all = new LinkedHashMap<>(old);
            all.putAll(added);
            return Map.copyOf(all);
          });
    }
  }

  /** Forgets the tags of a resource that is gone. */
  void untag(String arn) {
    tags.remove(arn);
  }
}
