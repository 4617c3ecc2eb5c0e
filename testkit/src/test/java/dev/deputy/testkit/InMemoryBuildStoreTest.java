package dev.deputy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.core.AuditLog;
import dev.deputy.core.BuildStore;
import org.junit.jupiter.api.Test;

class InMemoryBuildStoreTest extends BuildStoreContract {
  private final InMemoryAuditLog audit = new InMemoryAuditLog();
  private final InMemoryBuildStore builds = new InMemoryBuildStore(audit);

  @Override
  protected BuildStore builds() {
    return builds;
  }

  @Override
  protected AuditLog audit() {
    return audit;
  }

  @Test
  void writeThatFailsStoresNothing() {
    builds.failNext(new IllegalStateException("disk full"));
    audit.failNext(new IllegalStateException("audit full"));

    assertThatThrownBy(() -> builds.create(Samples.newBuild("a"))).hasMessage("disk full");
    assertThatThrownBy(() -> builds.create(Samples.newBuild("a"))).hasMessage("audit full");
    assertThat(audit.records()).isEmpty();
    assertThat(builds.create(Samples.newBuild("a")).id().number()).isEqualTo(1);
  }
}
