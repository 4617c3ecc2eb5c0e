package dev.deputy.testkit;

import dev.deputy.core.AuditLog;

class InMemoryAuditLogTest extends AuditLogContract {
  private final InMemoryAuditLog audit = new InMemoryAuditLog();

  @Override
  protected AuditLog audit() {
    return audit;
  }
}
