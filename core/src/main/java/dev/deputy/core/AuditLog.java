package dev.deputy.core;

import java.util.List;

/**
 * The append-only audit log. What belongs to a change of state is stored with that change by the
 * stores; the rest comes here.
 */
public interface AuditLog {
  /** Returns once the record is durable. */
  void append(AuditRecord record);

  /** All records of a build, oldest first. */
  List<AuditRecord> ofBuild(BuildId build);
}
