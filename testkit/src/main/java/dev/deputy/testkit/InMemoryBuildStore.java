package dev.deputy.testkit;

import dev.deputy.core.AuditLog;
import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.BuildState;
import dev.deputy.core.BuildStore;
import dev.deputy.core.JobName;
import dev.deputy.core.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Builds and journals in memory. A write that was ordered to fail stores nothing. */
public final class InMemoryBuildStore implements BuildStore {
  private final AuditLog audit;
  private final Faults faults = new Faults();
  private final Map<JobName, Integer> lastNumbers = new HashMap<>();
  private final Map<BuildId, BuildRecord> builds = new LinkedHashMap<>();
  private final Map<BuildId, List<JournalEntry>> journals = new HashMap<>();
  private final Map<BuildId, Integer> milestones = new HashMap<>();

  /**
   * @param audit where the records of its changes go
   */
  public InMemoryBuildStore(AuditLog audit) {
    this.audit = audit;
  }

  /** The next write fails with this. */
  public void failNext(RuntimeException fault) {
    faults.order(fault);
  }

  @Override
  public synchronized BuildRecord create(NewBuild build) {
    faults.strike();
    if (build.starter().isPresent()) {
      for (BuildRecord before : builds.values()) {
        if (before.starter().equals(build.starter())) {
          return before;
        }
      }
    }
    int number = lastNumbers.getOrDefault(build.job(), 0) + 1;
    audit.append(build.audit(number));
    BuildRecord record = build.queued(number);
    lastNumbers.put(build.job(), number);
    builds.put(record.id(), record);
    journals.put(record.id(), new ArrayList<>());
    return record;
  }

  @Override
  public synchronized Optional<BuildRecord> find(BuildId id) {
    return Optional.ofNullable(builds.get(id));
  }

  @Override
  public synchronized List<BuildRecord> ofJob(JobName job, int limit) {
    return List.copyOf(builds.values()).reversed().stream()
        .filter(build -> build.id().job().equals(job))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<BuildRecord> recent(int limit) {
    return List.copyOf(builds.values()).reversed().stream().limit(limit).toList();
  }

  @Override
  public synchronized List<BuildRecord> unfinished() {
    return builds.values().stream().filter(build -> !build.state().terminal()).toList();
  }

  @Override
  public synchronized boolean transition(
      BuildId id, BuildState to, Instant at, AuditRecord record) {
    faults.strike();
    BuildRecord build = builds.get(id);
    if (build == null) {
      throw new IllegalArgumentException("build " + id + " is not stored");
    }
    if (build.state().terminal()) {
      return false;
    }
    audit.append(record);
    builds.put(id, moved(build, to, at));
    return true;
  }

  private static BuildRecord moved(BuildRecord build, BuildState to, Instant at) {
    return new BuildRecord(
        build.id(),
        build.script(),
        build.branch(),
        build.commit(),
        build.scriptHash(),
        build.cause(),
        build.parameters(),
        build.starter(),
        to,
        build.created(),
        to.terminal() ? Optional.of(at) : Optional.empty());
  }

  @Override
  public synchronized Optional<Integer> passMilestone(BuildId id, int ordinal) {
    faults.strike();
    if (!builds.containsKey(id)) {
      throw new IllegalArgumentException("build " + id + " is not stored");
    }
    Optional<Integer> newer =
        newest(id, other -> overtakes(other, id) || milestones.getOrDefault(other, -1) >= ordinal);
    if (newer.isEmpty()) {
      milestones.merge(id, ordinal, Math::max);
    }
    return newer;
  }

  @Override
  public synchronized Optional<Integer> overtakenBy(BuildId id) {
    return newest(id, other -> overtakes(other, id));
  }

  @Override
  public synchronized List<Integer> overtaken(BuildId by) {
    return unfinished().stream()
        .map(BuildRecord::id)
        .filter(older -> older.job().equals(by.job()) && older.number() < by.number())
        .filter(older -> overtakes(by, older))
        .map(BuildId::number)
        .sorted()
        .toList();
  }

  /** The newest of those builds after this one that passed a milestone. */
  private Optional<Integer> newest(BuildId id, Predicate<BuildId> which) {
    return milestones.keySet().stream()
        .filter(other -> other.job().equals(id.job()) && other.number() > id.number())
        .filter(which)
        .map(BuildId::number)
        .max(Integer::compare);
  }

  private boolean overtakes(BuildId newer, BuildId older) {
    BuildRecord before = builds.get(older);
    BuildRecord after = builds.get(newer);
    Integer reached = milestones.get(newer);
    if (before == null || after == null || reached == null) {
      return false;
    }
    int last = milestones.getOrDefault(older, -1);
    return reached > last || (reached == last && after.state().terminal());
  }

  @Override
  public synchronized void append(BuildId id, JournalEntry entry) {
    faults.strike();
    List<JournalEntry> journal = journals.get(id);
    if (journal == null) {
      throw new IllegalArgumentException("build " + id + " is not stored");
    }
    journal.add(entry);
  }

  @Override
  public void settle(BuildId id) {}

  @Override
  public synchronized List<JournalEntry> journal(BuildId id) {
    return List.copyOf(journals.getOrDefault(id, List.of()));
  }
}
