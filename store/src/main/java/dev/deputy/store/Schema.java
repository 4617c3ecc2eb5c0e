package dev.deputy.store;

import dev.deputy.store.StoreException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings a database to the schema that this Deputy knows. Each migration leaves its number in
 * SQLite's {@code user_version}, so that Flyway, which takes longer to start than all the rest of
 * the store, is only asked where there is something to migrate.
 */
final class Schema {
  /** The last migration in {@code db/migration}. */
  static final int VERSION = 3;

  /** "DPTY": what {@code file} and a second look tell Deputy's databases by. */
  private static final int APPLICATION = 0x44505459;

  private Schema() {}

  /**
   * @throws StoreException UNKNOWN_FORMAT when the database is newer or somebody else's
   */
  static void migrate(Path database, Connection connection, DataSource dataSource)
      throws SQLException {
    int version = pragma(connection, "user_version");
    if (version > 0 && pragma(connection, "application_id") != APPLICATION) {
      throw new StoreException(
          Kind.UNKNOWN_FORMAT, "database " + database + " does not belong to Deputy");
    }
    if (version > VERSION) {
      throw new StoreException(
          Kind.UNKNOWN_FORMAT,
          "database "
              + database
              + " has schema version "
              + version
              + " (expected: at most "
              + VERSION
              + "): it was written by a newer Deputy");
    }
    if (version < VERSION) {
      migrate(database, dataSource);
    }
  }

  private static void migrate(Path database, DataSource dataSource) {
    try {
      flyway(dataSource).migrate();
    } catch (FlywayException e) {
      boolean sql = e.getCause() instanceof SQLException;
      throw new StoreException(
          sql ? Kind.FAILED : Kind.UNKNOWN_FORMAT,
          "database " + database + " cannot be brought to schema version " + VERSION,
          e);
    }
  }

  static Flyway flyway(DataSource dataSource) {
    return Flyway.configure()
        .loggers("slf4j")
        .dataSource(dataSource)
        .locations("classpath:db/migration")
        .failOnMissingLocations(true)
        .load();
  }

  private static int pragma(Connection connection, String name) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA " + name)) {
      return row.getInt(1);
    }
  }
}
