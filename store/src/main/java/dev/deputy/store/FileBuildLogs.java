package dev.deputy.store;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildLogs;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Console logs as files that only the owner may read: {@code #NUMBER.log} in a directory per job.
 * No job's name can hold a {@code #}, so no job's directory is another job's log. Thread-safe;
 * written by one process at a time.
 */
public final class FileBuildLogs implements BuildLogs {
  private final Path directory;
  private final Set<BuildId> open = ConcurrentHashMap.newKeySet();

  /**
   * @param directory made when the first log is opened, where it is missing
   */
  public FileBuildLogs(Path directory) {
    this.directory = directory;
  }

  /**
   * @throws IllegalStateException when the log is open already
   * @throws UncheckedIOException when the file cannot be opened
   */
  @Override
  public Writer open(BuildId build) {
    if (!open.add(build)) {
      throw new IllegalStateException("the log of " + build + " is open already");
    }
    try {
      Path file = file(build);
      PrivateFiles.create(file);
      return new FileWriter(build, new RandomAccessFile(file.toFile(), "rw"));
    } catch (IOException e) {
      open.remove(build);
      throw new UncheckedIOException("the log of " + build + " cannot be opened", e);
    }
  }

  @Override
  public InputStream read(BuildId build, long offset) throws IOException {
    try {
      var in = new FileInputStream(file(build).toFile());
      in.skipNBytes(Math.min(offset, in.available()));
      return in;
    } catch (FileNotFoundException _) {
      return InputStream.nullInputStream();
    }
  }

  @Override
  public Path file(BuildId build) {
    return directory.resolve(build.job().value()).resolve("#" + build.number() + ".log");
  }

  /** Not by a channel: an interrupt of the writing thread would close that for all. */
  private final class FileWriter implements Writer {
    private final BuildId build;
    private final RandomAccessFile file;
    private long end;
    private boolean synced = true;
    private boolean closed;

    FileWriter(BuildId build, RandomAccessFile file) throws IOException {
      this.build = build;
      this.file = file;
      this.end = file.length();
    }

    @Override
    public synchronized long append(byte[] bytes, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      if (closed) {
        throw new IllegalStateException("the log of " + build + " is closed");
      }
      try {
        // at the end of what was acknowledged, also after a write that failed half-way
        file.seek(end);
        synced = false;
        file.write(bytes, offset, length);
        end += length;
        return end;
      } catch (IOException e) {
        throw new UncheckedIOException("the log of " + build + " cannot be written", e);
      }
    }

    @Override
    public synchronized long length() {
      return end;
    }

    @Override
    public synchronized void truncate(long length) {
      if (length >= end) {
        return;
      }
      try {
        file.setLength(length);
        end = length;
        synced = false;
      } catch (IOException e) {
        throw new UncheckedIOException("the log of " + build + " cannot be cut", e);
      }
    }

    @Override
    public synchronized void flush() {
      if (closed || synced) {
        return;
      }
      try {
        file.getFD().sync();
        synced = true;
      } catch (IOException e) {
        throw new UncheckedIOException("the log of " + build + " cannot be written", e);
      }
    }

    @Override
    public synchronized void close() {
      if (closed) {
        return;
      }
      try (file) {
        flush();
      } catch (IOException e) {
        throw new UncheckedIOException("the log of " + build + " cannot be closed", e);
      } finally {
        closed = true;
        open.remove(build);
      }
    }
  }
}
