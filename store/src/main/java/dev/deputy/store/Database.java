package dev.deputy.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.deputy.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * One SQLite file in WAL mode: one thread writes, a few connections read beside it. Thread-safe.
 * Failures are {@link StoreException}s that name the file but none of the values.
 */
final class Database implements AutoCloseable {
  private static final int READERS = 4;

  private final Path file;
  private final DatabaseLock lock;
  private final GroupCommit writer;
  private final HikariDataSource readers;
  private final Jdbi reading;

  private Database(Path file, DatabaseLock lock, GroupCommit writer, HikariDataSource readers) {
    this.file = file;
    this.lock = lock;
    this.writer = writer;
    this.readers = readers;
    this.reading = jdbi(Jdbi.create(readers));
  }

  /** Opens the file, making it where it is missing, and brings it to the known schema. */
  static Database open(Path file) {
    try {
      DatabaseLock lock = DatabaseLock.take(file);
      try {
        PrivateFiles.create(file);
        GroupCommit writer = new GroupCommit(writingHandle(file));
        try {
          return new Database(file, lock, writer, readers(file));
        } catch (RuntimeException e) {
          writer.close();
          throw e;
        }
      } catch (RuntimeException | SQLException | IOException e) {
        lock.close();
        throw e;
      }
    } catch (SQLException | IOException | JdbiException | PoolInitializationException e) {
      throw failed(file, e);
    }
  }

  private static Handle writingHandle(Path file) throws SQLException {
    SQLiteDataSource dataSource = writingSource(file);
    Connection connection = dataSource.getConnection();
    try {
      Schema.migrate(file, connection, dataSource);
      return jdbi(Jdbi.create(() -> connection)).open();
    } catch (RuntimeException | SQLException e) {
      connection.close();
      throw e;
    }
  }

  static SQLiteDataSource writingSource(Path file) {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    return source(file, config);
  }

  private static HikariDataSource readers(Path file) {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    var pool = new HikariConfig();
    pool.setPoolName("store-readers");
    pool.setDataSource(source(file, config));
    pool.setReadOnly(true);
    pool.setMaximumPoolSize(READERS);
    pool.setMinimumIdle(1);
    pool.setMaxLifetime(0);
    return new HikariDataSource(pool);
  }

  private static SQLiteDataSource source(Path file, SQLiteConfig config) {
    config.enforceForeignKeys(true);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static Jdbi jdbi(Jdbi jdbi) {
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }

  /** Writes in a transaction and returns once that is durable. */
  <T> T write(Function<Handle, T> work) {
    try {
      return writer.commit(work);
    } catch (JdbiException e) {
      throw failed(file, e);
    }
  }

  /**
   * Writes after what came before, without waiting for it.
   *
   * @param failed called when it could not be written
   */
  void writeLater(Consumer<Handle> work, Consumer<Throwable> failed) {
    writer.commitLater(work, failed);
  }

  /** Returns once everything that was handed over to be written later is committed. */
  void settle() {
    write(handle -> handle);
  }

  /** Reads what is committed. An interrupt of the caller stays pending meanwhile. */
  <T> T read(Function<Handle, T> query) {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return reading.withHandle(query::apply);
        } catch (ConnectionException e) {
          if (!Thread.interrupted()) {
            throw e;
          }
          interrupted = true; // the pool gave up waiting only for that
        }
      }
    } catch (JdbiException e) {
      throw failed(file, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static StoreException failed(Path file, Exception e) {
    Throwable root = e instanceof JdbiException && e.getCause() != null ? e.getCause() : e;
    return new StoreException(Kind.FAILED, "database " + file + ": " + root.getMessage(), e);
  }

  /** Writes what is still to be written, then closes everything. */
  @Override
  public void close() {
    try (lock;
        writer) {
      readers.close(); // first: who closes last tidies up the file, and a reader may not
    } catch (IOException e) {
      throw failed(file, e);
    }
  }
}
