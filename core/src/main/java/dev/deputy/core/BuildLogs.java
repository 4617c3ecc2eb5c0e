package dev.deputy.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Console logs: append-only, one per build. */
public interface BuildLogs {
  /** Opens the build's log for appending; one writer per build. */
  Writer open(BuildId build);

  /** The log from a byte offset on, as far as it is written. */
  InputStream read(BuildId build, long offset) throws IOException;

  /** Where people find it as a file. */
  Path file(BuildId build);

  /** Appends to one log. Thread-safe. */
  interface Writer extends AutoCloseable {
    /**
     * Appends bytes and returns the offset after them. They are on disk when {@link #flush}
     * returns.
     */
    long append(byte[] bytes, int offset, int length);

    /** How many bytes the log has. */
    long length();

    /** Forgets what stands behind {@code length}; without effect where the log is shorter. */
    void truncate(long length);

    void flush();

    @Override
    void close();
  }
}
