package dev.deputy.builds;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildLogs;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A build's console log in Jenkins' form, the only writer of it. Lines of different branches never
 * mix; those of parallel branches carry the branch's name. Thread-safe.
 */
final class Console implements AutoCloseable {
  private static final byte[] LINE_END = {'\n'};

  private final BuildId build;
  private final BuildLogs.Writer log;
  private final LogIndex index;
  private final Masks masks;
  private final Announcer announcer;
  private final InstantSource clock;

  /** Guards the log, the index, the fields below and the order of events. */
  private final ReentrantLock lock = new ReentrantLock();

  private long written;

  private volatile Instant lastOutput;

  private boolean closed;

  /** Whose line is not at its end yet. */
  private @Nullable LogSource unfinished;

  Console(
      BuildId build, BuildStores stores, Masks masks, Announcer announcer, InstantSource clock) {
    this.build = build;
    this.log = stores.logs().open(build);
    this.index = new LogIndex(stores.folder(build));
    this.masks = masks;
    this.announcer = announcer;
    this.clock = clock;
    this.lastOutput = clock.instant();
  }

  /** When something was printed last, or the build began. */
  Instant lastOutput() {
    return lastOutput;
  }

  /** A line that marks the pipeline's course. */
  void annotation(LogSource source, String text) {
    lines(source, "[Pipeline] " + text, true);
  }

  /** One or more lines of text. */
  void line(LogSource source, String text) {
    lines(source, text, false);
  }

  /** Takes what a step prints. To be closed when the step has ended. */
  StepOutput output(LogSource source) {
    return new StepOutput(masks, (bytes, offset, length) -> print(source, bytes, offset, length));
  }

  private void lines(LogSource source, String text, boolean annotation) {
    String hidden = masks.hide(text.endsWith("\n") ? text : text + "\n");
    byte[] bytes = hidden.getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      write(source, bytes, 0, bytes.length, annotation ? "" : source.branch());
      announcer.announce(event(source, hidden, annotation));
    } finally {
      lock.unlock();
    }
  }

  private void print(LogSource source, byte[] bytes, int offset, int length) {
    announcer.awaitRoom();
    lock.lock();
    try {
      write(source, bytes, offset, length, source.branch());
      announcer.announceOutput(
          event(source, new String(bytes, offset, length, StandardCharsets.UTF_8), false));
    } finally {
      lock.unlock();
    }
  }

  private BuildEvent.Log event(LogSource source, String text, boolean annotation) {
    return new BuildEvent.Log(
        clock.instant(), build, source.step(), source.stage(), source.branch(), text, annotation);
  }

  private void write(LogSource source, byte[] bytes, int offset, int length, String branch) {
    if (closed) {
      return;
    }
    lastOutput = clock.instant();
    boolean continues = source.equals(unfinished);
    if (unfinished != null && !continues) {
      append(unfinished, LINE_END, 0, 1);
    }
    unfinished = bytes[offset + length - 1] == '\n' ? null : source;
    if (branch.isEmpty()) {
      append(source, bytes, offset, length);
      return;
    }
    byte[] prefix = ("[" + branch + "] ").getBytes(StandardCharsets.UTF_8);
    byte[] prefixed = prefixed(prefix, bytes, offset, length, continues);
    append(source, prefixed, 0, prefixed.length);
  }

  private static byte[] prefixed(
      byte[] prefix, byte[] bytes, int offset, int length, boolean continues) {
    var out = new ByteArrayOutputStream(length + 4 * prefix.length);
    boolean start = !continues;
    int from = offset;
    for (int at = offset; at < offset + length; at++) {
      if (start) {
        out.writeBytes(prefix);
        start = false;
      }
      if (bytes[at] == '\n') {
        out.write(bytes, from, at + 1 - from);
        from = at + 1;
        start = true;
      }
    }
    out.write(bytes, from, offset + length - from);
    return out.toByteArray();
  }

  private void append(LogSource source, byte[] bytes, int offset, int length) {
    index.mark(written, source.step());
    written = log.append(bytes, offset, length);
  }

  /** Idempotent; what is written afterwards is left out. */
  @Override
  public void close() {
    lock.lock();
    try (log;
        index) {
      if (!closed) {
        closed = true;
        log.flush();
      }
    } finally {
      lock.unlock();
    }
  }
}
