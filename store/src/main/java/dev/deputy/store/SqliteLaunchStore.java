package dev.deputy.store;

import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import dev.deputy.core.JobName;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchId;
import dev.deputy.core.LaunchStore;
import dev.deputy.core.TemplateName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table of launches. */
final class SqliteLaunchStore implements LaunchStore {
  private final Database database;

  SqliteLaunchStore(Database database) {
    this.database = database;
  }

  @Override
  public void create(Launch launch, AuditRecord audit) {
    boolean created =
        database.write(handle -> {
          var insert =
              handle.createUpdate(
                  """
                  INSERT INTO launch (id, job, number, stage, template, task_definition, created,
                    version, state, task, session, stopped, failure, reason)
                  VALUES (:id, :job, :number, :stage, :template, :taskDefinition, :created,
                    :version, :state, :task, :session, :stopped, :failure, :reason)
                  ON CONFLICT (id) DO NOTHING
                  """);
          insert
              .bind("job", launch.build().job().value())
              .bind("number", launch.build().number())
              .bind("stage", launch.stage())
              .bind("template", launch.template().value())
              .bind("taskDefinition", launch.taskDefinition())
              .bind("created", launch.created().toString());
          if (bindVersion(insert, launch).execute() == 0) {
            return false;
          }
          SqliteAuditLog.append(handle, audit);
          return true;
        });
    if (!created) {
      throw new IllegalStateException("launch " + launch.id() + " is stored already");
    }
  }

  @Override
  public boolean update(Launch launch, AuditRecord audit) {
    return database.write(handle -> {
      var update =
          handle.createUpdate(
              """
              UPDATE launch SET version = :version, state = :state, task = :task,
                session = :session, stopped = :stopped, failure = :failure, reason = :reason
              WHERE id = :id AND version = :version - 1
              """);
      if (bindVersion(update, launch).execute() == 0) {
        return false;
      }
      SqliteAuditLog.append(handle, audit);
      return true;
    });
  }

  /** Binds what differs between versions of one launch. */
  private static <S extends SqlStatement<S>> S bindVersion(S statement, Launch launch) {
    statement.bind("id", launch.id().value()).bind("version", launch.version());
    return LaunchColumns.of(launch.state()).bindTo(statement);
  }

  @Override
  public Optional<Launch> find(LaunchId id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM launch WHERE id = :id")
            .bind("id", id.value())
            .map((row, _) -> launch(row))
            .findOne());
  }

  @Override
  public List<Launch> live() {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT * FROM launch WHERE state NOT IN ('STOPPED', 'FAILED') ORDER BY seq")
            .map((row, _) -> launch(row))
            .list());
  }

  @Override
  public List<Launch> ofBuild(BuildId build) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM launch WHERE job = :job AND number = :number ORDER BY seq")
            .bind("job", build.job().value())
            .bind("number", build.number())
            .map((row, _) -> launch(row))
            .list());
  }

  private static Launch launch(ResultSet row) throws SQLException {
    return new Launch(
        new LaunchId(row.getString("id")),
        new BuildId(new JobName(row.getString("job")), row.getInt("number")),
        row.getString("stage"),
        new TemplateName(row.getString("template")),
        row.getString("task_definition"),
        LaunchColumns.of(row).toState(),
        Instant.parse(row.getString("created")),
        row.getInt("version"));
  }
}
