package dev.deputy.builds;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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

  /** Called before something is written that the pipeline made, and that was not there before. */
  private final Runnable settle;

  private volatile Instant lastOutput;
  private boolean closed;

  /** Whose line is not at its end yet. */
  private @Nullable Pen unfinished;

  /** How much of what the pipeline says now is in the log already; touched with the baton. */
  private long known;

  /** Who writes a line. */
  private record Pen(int step, String stream) {}

  /**
   * @param settle makes durable what the pipeline's lines tell of
   */
  Console(
      BuildId build,
      BuildStores stores,
      Masks masks,
      Announcer announcer,
      InstantSource clock,
      Runnable settle) {
    this.build = build;
    this.log = stores.logs().open(build);
    this.index = new LogIndex(stores.folder(build), log.length());
    this.masks = masks;
    this.announcer = announcer;
    this.clock = clock;
    this.settle = settle;
    this.lastOutput = clock.instant();
    log.truncate(index.length());
    this.known = index.input(LogIndex.PIPELINE);
    this.unfinished =
        index
            .last()
            .filter(_ -> endsInALine(stores))
            .map(last -> new Pen(last.step(), last.stream()))
            .orElse(null);
  }

  private boolean endsInALine(BuildStores stores) {
    try (InputStream end = stores.logs().read(build, index.length() - 1)) {
      return end.read() != '\n';
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether an earlier process said more than the pipeline has said again. With the baton. */
  boolean repeats() {
    return known > 0;
  }

  /** Nothing is said again any more. With the baton, or after the run. */
  void repeatsNoMore() {
    known = 0;
  }

  /** When something was printed last, or the build began. */
  Instant lastOutput() {
    return lastOutput;
  }

  /** A line that marks the pipeline's course. With the baton. */
  void annotation(LogSource source, String text) {
    lines(source, "[Pipeline] " + text, true);
  }

  /** One or more lines of text that a repeated run says again. With the baton. */
  void line(LogSource source, String text) {
    lines(source, text, false);
  }

  /** One or more lines of text that no run says again. Callable without the baton. */
  void report(LogSource source, String text) {
    byte[] bytes = hidden(text);
    lock.lock();
    try {
      write(source, LogIndex.ONCE, bytes, 0, bytes.length, source.branch(), 0);
      announcer.announce(event(source, bytes, 0, bytes.length, false));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what a script prints. To be closed when it has ended.
   *
   * @param script names it within the build
   */
  StepOutput output(LogSource source, String script) {
    return new StepOutput(
        masks,
        (bytes, offset, length, input) -> print(source, script, bytes, offset, length, input),
        index.input(script));
  }

  private byte[] hidden(String text) {
    return masks.hide(text.endsWith("\n") ? text : text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private void lines(LogSource source, String text, boolean annotation) {
    byte[] bytes = hidden(text);
    int said = (int) Math.min(known, bytes.length);
    known -= said;
    if (said == bytes.length) {
      return;
    }
    settle.run();
    int length = bytes.length - said;
    lock.lock();
    try {
      String branch = annotation ? "" : source.branch();
      write(source, LogIndex.PIPELINE, bytes, said, length, branch, length);
      announcer.announce(event(source, bytes, said, length, annotation));
    } finally {
      lock.unlock();
    }
  }

  private void print(
      LogSource source, String script, byte[] bytes, int offset, int length, long input) {
    announcer.awaitRoom();
    lock.lock();
    try {
      write(source, script, bytes, offset, length, source.branch(), input);
      announcer.announceOutput(event(source, bytes, offset, length, false));
    } finally {
      lock.unlock();
    }
  }

  private BuildEvent.Log event(
      LogSource source, byte[] bytes, int offset, int length, boolean annotation) {
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    return new BuildEvent.Log(
        clock.instant(), build, source.step(), source.stage(), source.branch(), text, annotation);
  }

  private void write(
      LogSource source,
      String stream,
      byte[] bytes,
      int offset,
      int length,
      String branch,
      long input) {
    if (closed) {
      return;
    }
    lastOutput = clock.instant();
    var pen = new Pen(source.step(), stream);
    boolean continues = pen.equals(unfinished);
    if (unfinished != null && !continues) {
      append(unfinished.step(), LogIndex.ONCE, LINE_END, 0, 1, 0);
    }
    unfinished = bytes[offset + length - 1] == '\n' ? null : pen;
    if (branch.isEmpty()) {
      append(source.step(), stream, bytes, offset, length, input);
      return;
    }
    byte[] prefix = ("[" + branch + "] ").getBytes(StandardCharsets.UTF_8);
    byte[] prefixed = prefixed(prefix, bytes, offset, length, continues);
    append(source.step(), stream, prefixed, 0, prefixed.length, input);
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

  /** First the log: what the index does not have is cut off and written again. */
  private void append(int step, String stream, byte[] bytes, int offset, int length, long input) {
    log.append(bytes, offset, length);
    index.wrote(step, stream, input, length);
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
