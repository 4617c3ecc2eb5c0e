package dev.deputy.testkit;

import dev.deputy.core.AuditLog;
import dev.deputy.core.BuildId;
import dev.deputy.core.LaunchStore;

class InMemoryLaunchStoreTest extends LaunchStoreContract {
  private final InMemoryAuditLog audit = new InMemoryAuditLog();
  private final InMemoryLaunchStore launches = new InMemoryLaunchStore(audit);
  private int builds;

  @Override
  protected LaunchStore launches() {
    return launches;
  }

  @Override
  protected AuditLog audit() {
    return audit;
  }

  @Override
  protected BuildId build() {
    return Samples.build("examples/dtap", ++builds);
  }
}
