package dev.deputy.builds;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.BufferedWriter;
import java.io.FileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which bytes of a console log belong to which step: a text file beside the log's other files with
 * a line {@code offset step} wherever the writer changes. Not thread-safe: the log's lock guards
 * it.
 */
final class LogIndex implements AutoCloseable {
  private static final String NAME = "log.index";

  private final Writer out;
  private int step = -1;

  /** Starts the index of a build with this folder, which only the controller's user can open. */
  LogIndex(Path folder) {
    try {
      Files.createDirectories(folder, asFileAttribute(fromString("rwx------")));
      // Not by a channel: an interrupt of whoever writes would close that for all.
      out =
          new BufferedWriter(
              new FileWriter(folder.resolve(NAME).toFile(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From this offset on the bytes are the step's. */
  void mark(long offset, int step) {
    if (step == this.step) {
      return;
    }
    this.step = step;
    try {
      out.write(offset + " " + step + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A piece of a log; {@code end} is exclusive. */
  record Range(long start, long end) {}

  /** The step's pieces in order; {@code length} is the log's. */
  static List<Range> ranges(Path folder, int step, long length) throws IOException {
    var ranges = new ArrayList<Range>();
    long start = -1;
    for (String line : Files.readAllLines(folder.resolve(NAME))) {
      int blank = line.indexOf(' ');
      long offset = Long.parseLong(line, 0, blank, 10);
      if (start >= 0) {
        ranges.add(new Range(start, offset));
      }
      start = Integer.parseInt(line, blank + 1, line.length(), 10) == step ? offset : -1;
    }
    if (start >= 0) {
      ranges.add(new Range(start, length));
    }
    return ranges;
  }
}
