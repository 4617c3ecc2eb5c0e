package dev.deputy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildState;
import dev.deputy.core.JournalEntry;
import dev.deputy.store.StoreException.Kind;
import dev.deputy.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("state/deputy.db");
  }

  @Test
  void stateIsThereAgainAfterReopening() {
    BuildId id;
    try (var store = SqliteStore.open(file)) {
      id = store.builds().create(Samples.newBuild("examples/dtap")).id();
      store.builds().append(id, Samples.log(1));
    }
    try (var store = SqliteStore.open(file)) {
      assertThat(store.builds().unfinished())
          .containsExactly(Samples.newBuild("examples/dtap").queued(1));
      assertThat(store.builds().journal(id)).containsExactly(Samples.log(1));
      assertThat(store.builds().create(Samples.newBuild("examples/dtap")).id().number())
          .isEqualTo(2);
    }
  }

  @Test
  void databaseInUseIsRefusedByName() {
    try (var _ = SqliteStore.open(file)) {
      assertRefused(Kind.IN_USE, "is in use by another process");
    }
    SqliteStore.open(file).close();
  }

  @Test
  void newerSchemaIsRefusedByName() throws SQLException {
    SqliteStore.open(file).close();
    sql("PRAGMA user_version = " + (Schema.VERSION + 1));

    assertRefused(
        Kind.UNKNOWN_FORMAT,
        "has schema version %d (expected: at most %d)"
            .formatted(Schema.VERSION + 1, Schema.VERSION));
  }

  @Test
  void databaseOfAnotherProgramIsRefused() throws SQLException, IOException {
    Files.createDirectories(directory.resolve("state"));
    sql("CREATE TABLE recipe (name TEXT)");
    assertRefused(Kind.UNKNOWN_FORMAT, "cannot be brought to schema version " + Schema.VERSION);

    sql("PRAGMA user_version = 1");
    assertRefused(Kind.UNKNOWN_FORMAT, "does not belong to Deputy");
  }

  @Test
  void fileThatIsNoDatabaseIsRefusedAndLeftAlone() throws IOException {
    Files.createDirectories(directory.resolve("state"));
    Files.writeString(file, "dear diary\n".repeat(1000));

    assertRefused(Kind.FAILED, "file is not a database");
    assertThat(file).hasContent("dear diary\n".repeat(1000));
  }

  @Test
  void onlyTheOwnerMayReadAnyOfItsFiles() throws IOException {
    Files.createDirectories(directory.resolve("state"));
    Files.createFile(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    try (var store = SqliteStore.open(file)) {
      store.builds().create(Samples.newBuild("a"));
      try (Stream<Path> files = Files.list(directory.resolve("state"))) {
        assertThat(files)
            .hasSize(4)
            .allSatisfy(path ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------"));
      }
    }
  }

  @Test
  void closedStoreLeavesOneWholeFileAndItsLock() throws IOException {
    var store = SqliteStore.open(file);
    store.builds().create(Samples.newBuild("a"));
    store.close();
    store.close();

    try (Stream<Path> files = Files.list(directory.resolve("state"))) {
      assertThat(files)
          .extracting(path -> path.getFileName().toString())
          .containsExactlyInAnyOrder("deputy.db", "deputy.db.lock");
    }
    assertThatThrownBy(() -> store.builds().create(Samples.newBuild("a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the store is closed");
  }

  @Test
  void schemaVersionIsThatOfTheLastMigration() {
    var empty = Database.writingSource(directory.resolve("empty.db"));
    var migrations = Schema.flyway(empty).info().pending();

    assertThat(migrations).hasSize(Schema.VERSION);
    assertThat(migrations[Schema.VERSION - 1].getVersion().getVersion())
        .isEqualTo(Integer.toString(Schema.VERSION));
  }

  @Test
  void writesSurviveLossOfPower() {
    try (var database = Database.open(file)) {
      assertThat(pragma(database, "synchronous")).as("FULL").isEqualTo("2");
      assertThat(pragma(database, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(database, "foreign_keys")).isEqualTo("1");
    }
  }

  @Test
  void auditLogRefusesToBeChanged() {
    try (var database = Database.open(file)) {
      new SqliteAuditLog(database).append(Samples.audit("approval", Samples.build("a", 1)));

      assertThatThrownBy(() -> database.write(handle -> handle.execute("DELETE FROM audit")))
          .hasMessageContaining("append-only");
      assertThatThrownBy(
              () -> database.write(handle -> handle.execute("UPDATE audit SET actor = ''")))
          .hasMessageContaining("append-only");
    }
  }

  @Test
  void failedWriteDoesNotSpoilThoseCommittedWithIt() {
    try (var database = Database.open(file)) {
      var builds = new SqliteBuildStore(database);
      BuildId id = builds.create(Samples.newBuild("a")).id();
      BuildId unknown = Samples.build("a", 99);
      for (int step = 1; step <= 100; step++) {
        builds.append(id, Samples.log(step));
        if (step == 50) {
          builds.append(unknown, Samples.log(step));
        }
      }

      assertThat(builds.journal(id))
          .extracting(JournalEntry::step)
          .containsExactlyElementsOf(IntStream.rangeClosed(1, 100).boxed().toList());
    }
  }

  @Test
  void buildWhoseJournalHasAGapGoesNoFurther() {
    try (var database = Database.open(file)) {
      var builds = new SqliteBuildStore(database);
      BuildId id = builds.create(Samples.newBuild("a")).id();
      database.write(handle -> handle.execute("PRAGMA max_page_count = 1"));
      builds.append(id, large());
      database.settle();
      database.write(handle -> handle.execute("PRAGMA max_page_count = 1000000"));

      assertThatThrownBy(() -> builds.append(id, Samples.effect(2)))
          .isInstanceOf(StoreException.class)
          .hasMessage("the journal of a#1 could not be written");
      assertThatThrownBy(() ->
              builds.transition(
                  id, BuildState.SUCCESS, Samples.AT, Samples.audit("build-ended", id)))
          .hasMessage("the journal of a#1 could not be written");
      builds.create(Samples.newBuild("a"));
    }
  }

  @Test
  void errorsRepeatNoStoredValue() {
    try (var database = Database.open(file)) {
      var builds = new SqliteBuildStore(database);
      BuildId id = builds.create(Samples.newBuild("a")).id();
      database.write(handle -> handle.execute("PRAGMA max_page_count = 1"));

      assertThatThrownBy(() ->
              builds.transition(
                  id, BuildState.RUNNING, Samples.AT, Samples.audit("hunter2".repeat(1000), id)))
          .hasMessageContaining(file.toString())
          .hasMessageContaining("full")
          .asInstanceOf(throwable(StoreException.class))
          .satisfies(e -> {
            for (Throwable t = e; t != null; t = t.getCause()) {
              assertThat(t.toString()).doesNotContain("hunter2");
            }
          });
      assertThat(builds.find(id).orElseThrow().state()).isEqualTo(BuildState.QUEUED);
    }
  }

  private static JournalEntry large() {
    return new JournalEntry(
        1,
        JournalEntry.Kind.STARTED,
        JournalEntry.StepClass.LOG,
        "echo",
        "",
        Optional.of("x".repeat(100_000)),
        Samples.AT);
  }

  private static String pragma(Database database, String name) {
    return database.write(handle -> handle.createQuery("PRAGMA " + name).mapTo(String.class).one());
  }

  private void assertRefused(Kind kind, String message) {
    assertThatThrownBy(() -> SqliteStore.open(file))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  private void sql(String statement) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
