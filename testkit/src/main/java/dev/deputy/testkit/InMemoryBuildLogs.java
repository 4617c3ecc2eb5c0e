package dev.deputy.testkit;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildLogs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Console logs in memory. {@link #file} names a file that does not exist. */
public final class InMemoryBuildLogs implements BuildLogs {
  private final Map<BuildId, ByteArrayOutputStream> logs = new ConcurrentHashMap<>();
  private final Set<BuildId> open = new HashSet<>();

  @Override
  public Writer open(BuildId build) {
    synchronized (open) {
      if (!open.add(build)) {
        throw new IllegalStateException("the log of " + build + " is open already");
      }
    }
    return new MemoryWriter(build, logs.computeIfAbsent(build, _ -> new ByteArrayOutputStream()));
  }

  @Override
  public InputStream read(BuildId build, long offset) throws IOException {
    var log = new ByteArrayInputStream(bytes(build));
    log.skipNBytes(Math.min(offset, log.available()));
    return log;
  }

  @Override
  public Path file(BuildId build) {
    return Path.of(build + ".log");
  }

  /** The whole log as text; empty where there is none. */
  public String text(BuildId build) {
    return new String(bytes(build), StandardCharsets.UTF_8);
  }

  private byte[] bytes(BuildId build) {
    ByteArrayOutputStream log = logs.get(build);
    return log == null ? new byte[0] : log.toByteArray();
  }

  private final class MemoryWriter implements Writer {
    private final BuildId build;
    private final ByteArrayOutputStream log;
    private boolean closed;

    MemoryWriter(BuildId build, ByteArrayOutputStream log) {
      this.build = build;
      this.log = log;
    }

    @Override
    public synchronized long append(byte[] bytes, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      if (closed) {
        throw new IllegalStateException("the log of " + build + " is closed");
      }
      log.write(bytes, offset, length);
      return log.size();
    }

    @Override
    public synchronized long length() {
      return log.size();
    }

    @Override
    public synchronized void truncate(long length) {
      if (length < log.size()) {
        byte[] kept = Arrays.copyOf(log.toByteArray(), Math.toIntExact(length));
        log.reset();
        log.writeBytes(kept);
      }
    }

    @Override
    public void flush() {}

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        synchronized (open) {
          open.remove(build);
        }
      }
    }
  }
}
