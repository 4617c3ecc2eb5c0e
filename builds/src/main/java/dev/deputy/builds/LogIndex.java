package dev.deputy.builds;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a console log is made of: a text file beside the log's other files with a line {@code STEP
 * STREAM INPUT LENGTH} for each write. A stream is what comes in the same order again when a run is
 * repeated: the pipeline's own lines, or one script's output. The index tells how much of each is
 * in the log, so that nothing of it is written twice. Not thread-safe: the log's lock guards it.
 */
final class LogIndex implements AutoCloseable {
  /** Lines of the pipeline itself. */
  static final String PIPELINE = "=";

  /** What nothing repeats. */
  static final String ONCE = "-";

  private static final String NAME = "log.index";

  private final RandomAccessFile out;
  private final Map<String, Long> inputs = new HashMap<>();
  private long length;
  private Optional<Line> last = Optional.empty();

  /**
   * Opens the index of a build with this folder, which only the controller's user can open.
   *
   * @param log how long the log is; what the index has beyond is forgotten
   */
  LogIndex(Path folder, long log) {
    try {
      Files.createDirectories(folder, asFileAttribute(fromString("rwx------")));
      // Not by a channel: an interrupt of whoever writes would close that for all.
      out = new RandomAccessFile(folder.resolve(NAME).toFile(), "rw");
      long whole = 0;
      for (Line line : lines(folder)) {
        if (length + line.length() > log) {
          break;
        }
        last = Optional.of(line);
        inputs.merge(line.stream(), line.input(), Long::sum);
        length += line.length();
        whole += line.text().length() + 1;
      }
      out.setLength(whole);
      out.seek(whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How long the log is that it knows of. */
  long length() {
    return length;
  }

  /** Who wrote last. */
  Optional<Line> last() {
    return last;
  }

  /** How many bytes of a stream are in the log. */
  long input(String stream) {
    return inputs.getOrDefault(stream, 0L);
  }

  /**
   * Something was written to the log's end.
   *
   * @param input how much of the stream that was
   * @param written how many bytes it became
   */
  void wrote(int step, String stream, long input, int written) {
    String line = step + " " + stream + " " + input + " " + written + "\n";
    try {
      out.write(line.getBytes(StandardCharsets.US_ASCII));
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

  /** One write. */
  record Line(String text, int step, String stream, long input, long length) {}

  /** The lines that are whole: the last may have been cut off. */
  private static List<Line> lines(Path folder) throws IOException {
    var lines = new ArrayList<Line>();
    String all = Files.readString(folder.resolve(NAME), StandardCharsets.US_ASCII);
    int start = 0;
    for (int end = all.indexOf('\n'); end >= 0; end = all.indexOf('\n', start)) {
      String text = all.substring(start, end);
      String[] words = text.split(" ", -1);
      lines.add(
          new Line(
              text,
              Integer.parseInt(words[0]),
              words[1],
              Long.parseLong(words[2]),
              Long.parseLong(words[3])));
      start = end + 1;
    }
    return lines;
  }

  /** A piece of a log; {@code end} is exclusive. */
  record Range(long start, long end) {}

  /** The step's pieces in order. */
  static List<Range> ranges(Path folder, int step) throws IOException {
    var ranges = new ArrayList<Range>();
    for (Piece piece : pieces(folder, Set.of(step))) {
      boolean continues = !ranges.isEmpty() && ranges.getLast().end() == piece.start();
      ranges.add(new Range(continues ? ranges.removeLast().start() : piece.start(), piece.end()));
    }
    return ranges;
  }

  /**
   * One write of a log; {@code end} is exclusive.
   *
   * @param pipeline whether the pipeline's own lines are in it, whole ones; otherwise it is what a
   *     program printed
   */
  record Piece(long start, long end, boolean pipeline) {}

  /** What these steps wrote, in order. */
  static List<Piece> pieces(Path folder, Set<Integer> steps) throws IOException {
    var pieces = new ArrayList<Piece>();
    long at = 0;
    for (Line line : lines(folder)) {
      long end = at + line.length();
      if (steps.contains(line.step())) {
        pieces.add(new Piece(at, end, line.stream().equals(PIPELINE)));
      }
      at = end;
    }
    return pieces;
  }
}
