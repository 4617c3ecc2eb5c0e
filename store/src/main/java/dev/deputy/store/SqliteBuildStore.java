package dev.deputy.store;

import dev.deputy.core.AuditRecord;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.BuildRecord.Starter;
import dev.deputy.core.BuildState;
import dev.deputy.core.BuildStore;
import dev.deputy.core.Cause;
import dev.deputy.core.JobName;
import dev.deputy.core.JournalEntry;
import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.store.StoreException.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/** The tables of builds and their journals. */
final class SqliteBuildStore implements BuildStore {
  /** See {@link BuildStore#overtakenBy}. */
  private static final String OVERTAKES =
      """
      newer.job = older.job AND newer.number > older.number AND newer.milestone IS NOT NULL
      AND (older.milestone IS NULL OR newer.milestone > older.milestone
        OR (newer.milestone = older.milestone AND newer.finished IS NOT NULL))\
      """;

  private final Database database;

  /** Builds whose journal has a gap, since an entry that nobody waited for was not written. */
  private final Map<BuildId, Throwable> broken = new ConcurrentHashMap<>();

  SqliteBuildStore(Database database) {
    this.database = database;
  }

  @Override
  public BuildRecord create(NewBuild build) {
    return database.write(handle -> {
      Optional<BuildRecord> before = build.starter().flatMap(starter -> startedBy(handle, starter));
      if (before.isPresent()) {
        return before.get();
      }
      int number = nextNumber(handle, build.job());
      BuildRecord record = build.queued(number);
      insert(handle, record);
      SqliteAuditLog.append(handle, build.audit(number));
      return record;
    });
  }

  private static Optional<BuildRecord> startedBy(Handle handle, Starter starter) {
    return handle
        .createQuery(
            """
            SELECT * FROM build
            WHERE starter_job = :job AND starter_number = :number AND starter_step = :step
            """)
        .bind("job", starter.build().job().value())
        .bind("number", starter.build().number())
        .bind("step", starter.step())
        .map((row, _) -> build(row))
        .findOne();
  }

  private static int nextNumber(Handle handle, JobName job) {
    return handle
        .createQuery(
            """
            INSERT INTO job (name, last_number) VALUES (:job, 1)
            ON CONFLICT DO UPDATE SET last_number = last_number + 1
            RETURNING last_number
            """)
        .bind("job", job.value())
        .mapTo(int.class)
        .one();
  }

  private static void insert(Handle handle, BuildRecord build) {
    handle
        .createUpdate(
            """
            INSERT INTO build (job, number, script, branch, commit_hash, script_hash, cause,
              cause_actor, parameters, starter_job, starter_number, starter_step, state, created)
            VALUES (:job, :number, :script, :branch, :commit, :scriptHash, :cause,
              :causeActor, :parameters, :starterJob, :starterNumber, :starterStep, :state, :created)
            """)
        .bind("job", build.id().job().value())
        .bind("number", build.id().number())
        .bind("script", build.script())
        .bind("branch", build.branch())
        .bind("commit", build.commit())
        .bind("scriptHash", build.scriptHash())
        .bind("cause", build.cause().kind())
        .bind("causeActor", build.cause().actor())
        .bind("parameters", Json.write(build.parameters()))
        .bind("starterJob", build.starter().map(starter -> starter.build().job().value()))
        .bind("starterNumber", build.starter().map(starter -> starter.build().number()))
        .bind("starterStep", build.starter().map(Starter::step))
        .bind("state", build.state().name())
        .bind("created", build.created().toString())
        .execute();
  }

  @Override
  public Optional<BuildRecord> find(BuildId id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM build WHERE job = :job AND number = :number")
            .bind("job", id.job().value())
            .bind("number", id.number())
            .map((row, _) -> build(row))
            .findOne());
  }

  @Override
  public List<BuildRecord> ofJob(JobName job, int limit) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM build WHERE job = :job ORDER BY number DESC LIMIT :limit")
            .bind("job", job.value())
            .bind("limit", limit)
            .map((row, _) -> build(row))
            .list());
  }

  @Override
  public List<BuildRecord> recent(int limit) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM build ORDER BY seq DESC LIMIT :limit")
            .bind("limit", limit)
            .map((row, _) -> build(row))
            .list());
  }

  @Override
  public List<BuildRecord> unfinished() {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM build WHERE finished IS NULL ORDER BY seq")
            .map((row, _) -> build(row))
            .list());
  }

  private static BuildRecord build(ResultSet row) throws SQLException {
    return new BuildRecord(
        new BuildId(new JobName(row.getString("job")), row.getInt("number")),
        row.getString("script"),
        Optional.ofNullable(row.getString("branch")),
        Optional.ofNullable(row.getString("commit_hash")),
        row.getString("script_hash"),
        cause(row.getString("cause"), row.getString("cause_actor")),
        Json.read(row.getString("parameters")),
        starter(row),
        BuildState.valueOf(row.getString("state")),
        Instant.parse(row.getString("created")),
        Optional.ofNullable(row.getString("finished")).map(Instant::parse));
  }

  private static Optional<Starter> starter(ResultSet row) throws SQLException {
    String job = row.getString("starter_job");
    return job == null
        ? Optional.empty()
        : Optional.of(
            new Starter(
                new BuildId(new JobName(job), row.getInt("starter_number")),
                row.getInt("starter_step")));
  }

  private static Cause cause(String kind, String actor) {
    return switch (kind) {
      case "person" -> new Cause.Person(actor);
      default -> throw new StoreException(Kind.UNKNOWN_FORMAT, "cause \"" + kind + "\" is unknown");
    };
  }

  @Override
  public boolean transition(BuildId id, BuildState to, Instant at, AuditRecord audit) {
    requireWhole(id);
    return database.write(handle -> {
      int moved =
          handle
              .createUpdate(
                  """
                  UPDATE build SET state = :state, finished = :finished
                  WHERE job = :job AND number = :number AND finished IS NULL
                  """)
              .bind("state", to.name())
              .bind("finished", to.terminal() ? Optional.of(at.toString()) : Optional.empty())
              .bind("job", id.job().value())
              .bind("number", id.number())
              .execute();
      if (moved == 0) {
        requireStored(handle, id);
        return false;
      }
      SqliteAuditLog.append(handle, audit);
      return true;
    });
  }

  private static void requireStored(Handle handle, BuildId id) {
    boolean stored =
        handle
            .createQuery("SELECT 1 FROM build WHERE job = :job AND number = :number")
            .bind("job", id.job().value())
            .bind("number", id.number())
            .mapTo(int.class)
            .findOne()
            .isPresent();
    if (!stored) {
      throw new IllegalArgumentException("build " + id + " is not stored");
    }
  }

  @Override
  public Optional<Integer> passMilestone(BuildId id, int ordinal) {
    return database.write(handle -> {
      requireStored(handle, id);
      Optional<Integer> newer = overtakenBy(handle, id).or(() -> beyond(handle, id, ordinal));
      if (newer.isEmpty()) {
        handle
            .createUpdate(
                """
                UPDATE build SET milestone = max(:ordinal, coalesce(milestone, :ordinal))
                WHERE job = :job AND number = :number
                """)
            .bind("ordinal", ordinal)
            .bind("job", id.job().value())
            .bind("number", id.number())
            .execute();
      }
      return newer;
    });
  }

  /** The newest build after this one that passed this milestone or a later one. */
  private static Optional<Integer> beyond(Handle handle, BuildId id, int ordinal) {
    return handle
        .createQuery(
            """
            SELECT max(number) FROM build
            WHERE job = :job AND number > :number AND milestone >= :ordinal
            """)
        .bind("ordinal", ordinal)
        .bind("job", id.job().value())
        .bind("number", id.number())
        .mapTo(Integer.class)
        .findOne();
  }

  @Override
  public Optional<Integer> overtakenBy(BuildId id) {
    return database.read(handle -> overtakenBy(handle, id));
  }

  private static Optional<Integer> overtakenBy(Handle handle, BuildId id) {
    return handle
        .createQuery(
            "SELECT max(newer.number) FROM build older JOIN build newer ON "
                + OVERTAKES
                + " WHERE older.job = :job AND older.number = :number")
        .bind("job", id.job().value())
        .bind("number", id.number())
        .mapTo(Integer.class)
        .findOne();
  }

  @Override
  public List<Integer> overtaken(BuildId by) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT older.number FROM build newer JOIN build older ON "
                    + OVERTAKES
                    + " WHERE newer.job = :job AND newer.number = :number"
                    + " AND older.finished IS NULL ORDER BY older.number")
            .bind("job", by.job().value())
            .bind("number", by.number())
            .mapTo(Integer.class)
            .list());
  }

  @Override
  public void append(BuildId id, JournalEntry entry) {
    requireWhole(id);
    if (!entry.decisive()) {
      database.writeLater(handle -> insert(handle, id, entry), failure -> broken.put(id, failure));
      return;
    }
    database.write(handle -> {
      insert(handle, id, entry);
      return entry;
    });
    requireWhole(id);
  }

  @Override
  public void settle(BuildId id) {
    database.settle();
    requireWhole(id);
  }

  private static void insert(Handle handle, BuildId id, JournalEntry entry) {
    int inserted =
        handle
            .createUpdate(
                """
                INSERT INTO journal (build, step, kind, step_class, name, branch, detail, at)
                SELECT seq, :step, :kind, :stepClass, :name, :branch, :detail, :at
                FROM build WHERE job = :job AND number = :number
                """)
            .bind("step", entry.step())
            .bind("kind", entry.kind().name())
            .bind("stepClass", entry.stepClass().name())
            .bind("name", entry.name())
            .bind("branch", entry.branch())
            .bind("detail", entry.detail())
            .bind("at", entry.at().toString())
            .bind("job", id.job().value())
            .bind("number", id.number())
            .execute();
    if (inserted == 0) {
      throw new IllegalArgumentException("build " + id + " is not stored");
    }
  }

  private void requireWhole(BuildId id) {
    Throwable failure = broken.get(id);
    if (failure != null) {
      throw new StoreException(
          Kind.FAILED, "the journal of " + id + " could not be written", failure);
    }
  }

  @Override
  public List<JournalEntry> journal(BuildId id) {
    database.settle();
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT journal.* FROM journal JOIN build ON build.seq = journal.build
                WHERE build.job = :job AND build.number = :number ORDER BY journal.seq
                """)
            .bind("job", id.job().value())
            .bind("number", id.number())
            .map((row, _) -> entry(row))
            .list());
  }

  private static JournalEntry entry(ResultSet row) throws SQLException {
    return new JournalEntry(
        row.getInt("step"),
        JournalEntry.Kind.valueOf(row.getString("kind")),
        StepClass.valueOf(row.getString("step_class")),
        row.getString("name"),
        row.getString("branch"),
        Optional.ofNullable(row.getString("detail")),
        Instant.parse(row.getString("at")));
  }
}
