package dev.deputy.store;

import dev.deputy.core.AuditLog;
import dev.deputy.core.BuildId;
import dev.deputy.core.LaunchStore;
import dev.deputy.testkit.LaunchStoreContract;
import dev.deputy.testkit.Samples;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteLaunchStoreTest extends LaunchStoreContract {
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
  protected LaunchStore launches() {
    return store.launches();
  }

  @Override
  protected AuditLog audit() {
    return store.audit();
  }

  @Override
  protected BuildId build() {
    return store.builds().create(Samples.newBuild("examples/dtap")).id();
  }
}
