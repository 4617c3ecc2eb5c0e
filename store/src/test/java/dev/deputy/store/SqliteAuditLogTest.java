package dev.deputy.store;

import dev.deputy.core.AuditLog;
import dev.deputy.testkit.AuditLogContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteAuditLogTest extends AuditLogContract {
  @TempDir private Path directory;
  private SqliteStore store;

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory.resolve("deputy.db"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected AuditLog audit() {
    return store.audit();
  }
}
