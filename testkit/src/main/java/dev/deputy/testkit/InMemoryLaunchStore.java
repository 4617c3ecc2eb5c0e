package dev.deputy.testkit;

import dev.deputy.core.AuditLog;
import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchId;
import dev.deputy.core.LaunchStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Launches in memory. A write that was ordered to fail stores nothing. */
public final class InMemoryLaunchStore implements LaunchStore {
  private final AuditLog audit;
  private final Faults faults = new Faults();
  private final Map<LaunchId, Launch> launches = new LinkedHashMap<>();

  /**
   * @param audit where the records of its changes go
   */
  public InMemoryLaunchStore(AuditLog audit) {
    this.audit = audit;
  }

  /** The next write fails with this. */
  public void failNext(RuntimeException fault) {
    faults.order(fault);
  }

  @Override
  public synchronized void create(Launch launch, AuditRecord record) {
    faults.strike();
    if (launches.containsKey(launch.id())) {
      throw new IllegalStateException("launch " + launch.id() + " is stored already");
    }
    audit.append(record);
    launches.put(launch.id(), launch);
  }

  @Override
  public synchronized boolean update(Launch launch, AuditRecord record) {
    faults.strike();
    Launch stored = launches.get(launch.id());
    if (stored == null || stored.version() != launch.version() - 1) {
      return false;
    }
    audit.append(record);
    launches.put(launch.id(), launch);
    return true;
  }

  @Override
  public synchronized Optional<Launch> find(LaunchId id) {
    return Optional.ofNullable(launches.get(id));
  }

  @Override
  public synchronized List<Launch> live() {
    return launches.values().stream().filter(launch -> !launch.state().terminal()).toList();
  }

  @Override
  public synchronized List<Launch> ofBuild(BuildId build) {
    return launches.values().stream().filter(launch -> launch.build().equals(build)).toList();
  }
}
