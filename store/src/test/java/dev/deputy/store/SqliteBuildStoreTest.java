package dev.deputy.store;

import dev.deputy.core.AuditLog;
import dev.deputy.core.BuildStore;
import dev.deputy.testkit.BuildStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteBuildStoreTest extends BuildStoreContract {
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
  protected BuildStore builds() {
    return store.builds();
  }

  @Override
  protected AuditLog audit() {
    return store.audit();
  }
}
