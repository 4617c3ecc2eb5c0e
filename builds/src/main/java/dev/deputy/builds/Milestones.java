package dev.deputy.builds;

import dev.deputy.core.BuildId;
import dev.deputy.core.JobName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the builds of each job are: a build that passes a milestone supersedes the older ones
 * that passed an earlier one only. Thread-safe.
 */
final class Milestones {
  /** By job, by build number: the last milestone that was passed. */
  private final Map<JobName, NavigableMap<Integer, Integer>> passed = new HashMap<>();

  /**
   * What became of a build at a milestone.
   *
   * @param newer a newer build that passed it first; then this one must go no further
   * @param superseded older builds that must go no further
   */
  record Passage(Optional<Integer> newer, List<Integer> superseded) {
    /** As the journal keeps it. */
    Map<String, Object> fields() {
      return newer
          .<Map<String, Object>>map(n -> Map.of("newer", n))
          .orElseGet(() -> Map.of("superseded", superseded));
    }
  }

  /** The last milestone that a build passed; -1 where it passed none. */
  synchronized int last(BuildId build) {
    return ofJob(build).getOrDefault(build.number(), -1);
  }

  /** A build that repeats its run passed a milestone, or did not, as {@code stored} says. */
  synchronized Passage passed(BuildId build, int ordinal, @Nullable Object stored) {
    Stored.Fields fields = Stored.Fields.of(stored);
    Optional<Integer> newer = fields.optionalText("newer").map(Integer::valueOf);
    if (newer.isEmpty()) {
      ofJob(build).put(build.number(), ordinal);
    }
    return new Passage(newer, fields.texts("superseded").stream().map(Integer::valueOf).toList());
  }

  synchronized Passage pass(BuildId build, int ordinal) {
    NavigableMap<Integer, Integer> all = ofJob(build);
    for (Map.Entry<Integer, Integer> newer : all.tailMap(build.number(), false).entrySet()) {
      if (newer.getValue() >= ordinal) {
        return new Passage(Optional.of(newer.getKey()), List.of());
      }
    }
    all.put(build.number(), ordinal);
    List<Integer> superseded = new ArrayList<>();
    all.headMap(build.number())
        .forEach((number, reached) -> {
          if (reached < ordinal) {
            superseded.add(number);
          }
        });
    return new Passage(Optional.empty(), superseded);
  }

  private NavigableMap<Integer, Integer> ofJob(BuildId build) {
    return passed.computeIfAbsent(build.job(), _ -> new TreeMap<>());
  }
}
