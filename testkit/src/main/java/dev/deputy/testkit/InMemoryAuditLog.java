package dev.deputy.testkit;

import dev.deputy.core.AuditLog;
import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An audit log in memory; the stores beside it append to the same one. */
public final class InMemoryAuditLog implements AuditLog {
  private final Faults faults = new Faults();
  private final List<AuditRecord> records = new ArrayList<>();

  @Override
  public synchronized void append(AuditRecord record) {
    faults.strike();
    records.add(record);
  }

  @Override
  public synchronized List<AuditRecord> ofBuild(BuildId build) {
    return records.stream().filter(record -> record.build().equals(Optional.of(build))).toList();
  }

  /** Everything in it, oldest first. */
  public synchronized List<AuditRecord> records() {
    return List.copyOf(records);
  }

  /** The next append, also one that belongs to a change of state, fails with this. */
  public void failNext(RuntimeException fault) {
    faults.order(fault);
  }
}
