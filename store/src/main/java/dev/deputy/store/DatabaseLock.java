package dev.deputy.store;

import dev.deputy.store.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other processes out of a database: an operating system lock on a file beside it, which ends
 * with the process however that ends. The file itself stays.
 */
final class DatabaseLock implements AutoCloseable {
  private final FileChannel channel;

  private DatabaseLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws StoreException IN_USE when somebody has it
   */
  static DatabaseLock take(Path database) throws IOException {
    Path file = database.resolveSibling(database.getFileName() + ".lock");
    PrivateFiles.create(file);
    var channel = FileChannel.open(file, StandardOpenOption.WRITE);
    try {
      if (tryLock(channel) == null) {
        throw new StoreException(
            Kind.IN_USE, "database " + database + " is in use by another process (" + file + ")");
      }
      return new DatabaseLock(channel);
    } catch (RuntimeException | IOException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null; // held by this very process
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
