package dev.deputy.store;

import dev.deputy.core.AuditLog;
import dev.deputy.core.BuildStore;
import dev.deputy.core.LaunchStore;
import java.nio.file.Path;

/**
 * Deputy's state in one SQLite file. One process at a time has it open; what a call acknowledged
 * survives the process and the power. Thread-safe.
 */
public final class SqliteStore implements AutoCloseable {
  private final Database database;
  private final SqliteBuildStore builds;
  private final SqliteLaunchStore launches;
  private final SqliteAuditLog audit;

  private SqliteStore(Database database) {
    this.database = database;
    this.builds = new SqliteBuildStore(database);
    this.launches = new SqliteLaunchStore(database);
    this.audit = new SqliteAuditLog(database);
  }

  /**
   * Opens the database, creating it and the directories above it where they are missing; only the
   * owner may read it.
   *
   * @throws StoreException when another process has it, it is of an unknown format, or it cannot be
   *     read or written
   */
  public static SqliteStore open(Path database) {
    return new SqliteStore(Database.open(database.toAbsolutePath()));
  }

  public BuildStore builds() {
    return builds;
  }

  public LaunchStore launches() {
    return launches;
  }

  public AuditLog audit() {
    return audit;
  }

  /** Writes what is still to be written and lets other processes in. Idempotent. */
  @Override
  public void close() {
    database.close();
  }
}
