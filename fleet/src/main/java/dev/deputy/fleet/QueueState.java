package dev.deputy.fleet;

import static java.util.Comparator.comparingLong;

import dev.deputy.core.BuildId;
import dev.deputy.core.JobName;
import dev.deputy.core.LaunchId;
import dev.deputy.fleet.Caps.Cap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that decides who may launch: a value, and its decision is a function of it.
 *
 * <p>Whoever no limit holds back may launch at once. Among the others jobs take turns: the one
 * whose last turn is the longest ago is next, with the first of its needs that may launch.
 *
 * @param held launches that count
 * @param waiting needs that may not launch yet
 * @param turns when each job had its last turn; absent: never
 */
record QueueState(
    Caps caps, Collection<Demand> held, Collection<Demand> waiting, Map<JobName, Long> turns) {

  /**
   * What follows.
   *
   * @param granted who may launch now, in the order of the turns that they are
   * @param standings of all others that wait
   */
  record Decision(List<Demand> granted, Map<LaunchId, Standing> standings) {}

  Decision decide() {
    var usage = new Usage(caps);
    held.forEach(usage::add);
    List<Demand> granted = new ArrayList<>();
    Map<JobName, List<Demand>> left = grant(usage, granted);
    return new Decision(granted, standings(usage, left));
  }

  /**
   * Grants what may be; the rest by job, in the order of their next turns, which is that in which
   * they are found to have none now.
   */
  private Map<JobName, List<Demand>> grant(Usage usage, List<Demand> granted) {
    Map<JobName, List<Demand>> left = new LinkedHashMap<>();
    Deque<Line> lines = new ArrayDeque<>(lines());
    while (!lines.isEmpty()) {
      Line line = lines.removeFirst();
      Optional<Demand> next = line.next(usage);
      if (next.isPresent()) {
        usage.add(next.get());
        granted.add(next.get());
        lines.addLast(line);
      } else if (!line.passed().isEmpty()) {
        left.put(line.job(), line.passed());
      }
    }
    return left;
  }

  /** One line for each job, in the order of turns. */
  private List<Line> lines() {
    Map<JobName, Line> lines = new LinkedHashMap<>();
    waiting.stream()
        .sorted(comparingLong(Demand::arrival))
        .forEach(demand -> lines.computeIfAbsent(demand.job(), Line::new).coming().addLast(demand));
    return lines.values().stream().sorted(comparingLong(line -> turn(line.job()))).toList();
  }

  private long turn(JobName job) {
    return turns.getOrDefault(job, Long.MIN_VALUE);
  }

  private static Map<LaunchId, Standing> standings(Usage usage, Map<JobName, List<Demand>> left) {
    Map<Cap, List<Deque<Demand>>> byCap = new LinkedHashMap<>();
    left.values()
        .forEach(line -> {
          Map<Cap, Deque<Demand>> parts = new LinkedHashMap<>();
          line.forEach(demand ->
              parts
                  .computeIfAbsent(usage.full(demand).orElseThrow(), _ -> new ArrayDeque<>())
                  .addLast(demand));
          parts.forEach(
              (cap, part) -> byCap.computeIfAbsent(cap, _ -> new ArrayList<>()).add(part));
        });
    Map<LaunchId, Standing> standings = new HashMap<>();
    byCap.forEach((cap, parts) -> {
      Deque<Deque<Demand>> round = new ArrayDeque<>(parts);
      for (int position = 1; !round.isEmpty(); position++) {
        Deque<Demand> part = round.removeFirst();
        Demand demand = part.removeFirst();
        boolean own = usage.onlyOf(cap, demand.build());
        standings.put(demand.launch(), new Standing(position, cap, own));
        if (!part.isEmpty()) {
          round.addLast(part);
        }
      }
    });
    return standings;
  }

  /**
   * The needs of one job. What may not launch now may not do so after further grants either, so it
   * is looked at once.
   */
  private record Line(JobName job, Deque<Demand> coming, List<Demand> passed) {
    Line(JobName job) {
      this(job, new ArrayDeque<>(), new ArrayList<>());
    }

    /** Takes the first that may launch. */
    Optional<Demand> next(Usage usage) {
      while (!coming.isEmpty()) {
        Demand demand = coming.removeFirst();
        if (usage.full(demand).isEmpty()) {
          return Optional.of(demand);
        }
        passed.add(demand);
      }
      return Optional.empty();
    }
  }

  /** How much of each limit is used, and by which builds. */
  private static final class Usage {
    private final Caps caps;
    private final Map<Cap, Integer> counts = new HashMap<>();
    private final Map<Cap, Set<BuildId>> builds = new HashMap<>();

    Usage(Caps caps) {
      this.caps = caps;
    }

    void add(Demand demand) {
      for (Cap cap : caps.of(demand)) {
        counts.merge(cap, 1, Integer::sum);
        builds.computeIfAbsent(cap, _ -> new HashSet<>()).add(demand.build());
      }
    }

    /** The narrowest limit that is used up. */
    Optional<Cap> full(Demand demand) {
      return caps.of(demand).stream()
          .filter(cap -> counts.getOrDefault(cap, 0) >= cap.max())
          .findFirst();
    }

    boolean onlyOf(Cap cap, BuildId build) {
      return builds.getOrDefault(cap, Set.of()).equals(Set.of(build));
    }
  }
}
