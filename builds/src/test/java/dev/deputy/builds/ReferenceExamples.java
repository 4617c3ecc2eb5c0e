package dev.deputy.builds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of {@code examples/reference}, which a test of the command runs. */
final class ReferenceExamples {
  private static final Path FOLDER =
      Path.of("..", "examples", "reference").toAbsolutePath().normalize();

  private ReferenceExamples() {}

  /** Those whose code has it, the shortest first. */
  static List<Path> with(Pattern pattern) {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".Jenkinsfile"))
          .filter(file -> pattern.matcher(code(file)).find())
          .sorted(
              Comparator.<Path>comparingInt(file -> read(file).length())
                  .thenComparing(file -> file))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without comments that take whole lines. */
  private static String code(Path file) {
    return read(file)
        .lines()
        .filter(line -> !line.startsWith("//"))
        .collect(Collectors.joining("\n"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For a page of {@code docs/reference}. */
  static String link(Path file) {
    Path relative = FOLDER.relativize(file);
    String name = relative.toString().replace(".Jenkinsfile", "");
    return "[" + name + "](../../examples/reference/" + relative + ")";
  }
}
