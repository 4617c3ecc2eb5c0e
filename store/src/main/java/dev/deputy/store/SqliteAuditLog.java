package dev.deputy.store;

import dev.deputy.core.AuditLog;
import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The audit log's table. */
final class SqliteAuditLog implements AuditLog {
  private final Database database;

  SqliteAuditLog(Database database) {
    this.database = database;
  }

  @Override
  public void append(AuditRecord record) {
    database.write(handle -> {
      append(handle, record);
      return record;
    });
  }

  /** Adds the record to the transaction of the change that it belongs to. */
  static void append(Handle handle, AuditRecord record) {
    handle
        .createUpdate(
            """
            INSERT INTO audit (at, action, actor, job, number, details)
            VALUES (:at, :action, :actor, :job, :number, :details)
            """)
        .bind("at", record.at().toString())
        .bind("action", record.action())
        .bind("actor", record.actor())
        .bind("job", record.build().map(build -> build.job().value()))
        .bind("number", record.build().map(BuildId::number))
        .bind("details", Json.write(record.details()))
        .execute();
  }

  @Override
  public List<AuditRecord> ofBuild(BuildId build) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT at, action, actor, details FROM audit
                WHERE job = :job AND number = :number ORDER BY seq
                """)
            .bind("job", build.job().value())
            .bind("number", build.number())
            .map((row, _) -> record(row, build))
            .list());
  }

  private static AuditRecord record(ResultSet row, BuildId build) throws SQLException {
    return new AuditRecord(
        Instant.parse(row.getString("at")),
        row.getString("action"),
        row.getString("actor"),
        Optional.of(build),
        Json.read(row.getString("details")));
  }
}
