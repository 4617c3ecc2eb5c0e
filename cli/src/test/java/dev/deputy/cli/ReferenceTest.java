package dev.deputy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the examples of the reference, {@code examples/reference/AREA/NAME.Jenkinsfile}, as {@code
 * run --local} does and compares their consoles with {@code NAME.log} beside them.
 *
 * <p>First lines of a file say how it is run: {@code // result: FAILURE} (otherwise SUCCESS),
 * {@code // param: NAME=VALUE}, {@code // order: any} where branches write as they come, {@code //
 * previous: yes} for a second build. What varies is replaced: folders, names of agents, commits,
 * the user. With {@code -Ddeputy.golden=write} the logs are written instead of compared: look at
 * what changed.
 *
 * <p>Examples in {@code aws} need accounts and are run on the sandbox, by the system tests.
 */
class ReferenceTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "reference").toAbsolutePath();

  @TempDir Path folder;

  static List<Path> areas() throws IOException {
    try (Stream<Path> areas = Files.list(EXAMPLES)) {
      return areas
          .filter(Files::isDirectory)
          .filter(area -> !area.endsWith("aws"))
          .map(Path::getFileName)
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("areas")
  void examplesPrintWhatTheirLogsSay(Path area) throws IOException {
    List<Path> copies = new ArrayList<>();
    for (Path example : examples(EXAMPLES.resolve(area))) {
      copies.add(copied(area, example));
    }
    List<Path> together = new ArrayList<>();
    for (Path example : copies) {
      if (header(example, "param").isEmpty() && header(example, "previous").isEmpty()) {
        together.add(example);
      } else {
        alone(example);
      }
    }
    run(together, List.of());
    List<String> differences = new ArrayList<>();
    for (Path example : copies) {
      compare(EXAMPLES.resolve(area), example).ifPresent(differences::add);
    }
    assertThat(differences).isEmpty();
  }

  private static List<Path> examples(Path area) throws IOException {
    try (Stream<Path> files = Files.list(area)) {
      return files.filter(file -> file.toString().endsWith(".Jenkinsfile")).sorted().toList();
    }
  }

  private void alone(Path example) throws IOException {
    List<String> options =
        header(example, "param").stream().flatMap(p -> Stream.of("--param", p)).toList();
    if (!header(example, "previous").isEmpty()) {
      run(List.of(example), options);
    }
    run(List.of(example), options);
  }

  private void run(List<Path> files, List<String> options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--local",
                "--output",
                "json",
                "--state",
                folder.resolve("state").toString(),
                "--log-dir",
                folder.resolve("logs").toString()));
    arguments.addAll(options);
    files.forEach(file -> arguments.add(file.toString()));
    if (!files.isEmpty()) {
      Deputy.commandLine().execute(arguments.toArray(String[]::new));
    }
  }

  private Optional<String> compare(Path area, Path example) throws IOException {
    String name = example.getFileName().toString().replace(".Jenkinsfile", "");
    Path log = folder.resolve("logs").resolve(flat(example) + ".log");
    String console = Files.exists(log) ? plain(Files.readString(log)) : "no log\n";
    String result = header(example, "result").stream().findFirst().orElse("SUCCESS");
    if (!console.endsWith("Finished: " + result + "\n")) {
      return Optional.of(name + ": expected " + result + " but the console is\n" + console);
    }
    Path expected = area.resolve(name + ".log");
    if ("write".equals(System.getProperty("deputy.golden"))) {
      Files.writeString(expected, console);
      return Optional.empty();
    }
    String wanted =
        Files.exists(expected) ? Files.readString(expected) : "(-Ddeputy.golden=write writes it)\n";
    boolean same =
        header(example, "order").isEmpty()
            ? wanted.equals(console)
            : sorted(wanted).equals(sorted(console));
    return same
        ? Optional.empty()
        : Optional.of(name + ": expected\n" + wanted + "but the console is\n" + console);
  }

  private static List<String> sorted(String text) {
    return text.lines().sorted().toList();
  }

  private static String flat(Path path) {
    return path.getRoot().relativize(path).toString().replaceAll("[^A-Za-z0-9_.+-]+", "_");
  }

  /** Without what is different each time. */
  private String plain(String console) {
    return console
        .replaceAll("/[^ '\"]*/state/agents/[0-9a-f-]{36}/workspace/", "AGENT/")
        .replace(folder.resolve("examples").toString(), "EXAMPLES")
        .replace(folder.toString(), "FOLDER")
        .replace(folder.toString().substring(1), "FOLDER")
        .replaceAll("local-[0-9a-f]{8}", "local-agent")
        .replaceAll("\\b[0-9a-f]{40}\\b", "COMMIT")
        .replaceAll("Started by user .*", "Started by user NAME");
  }

  /** Values of lines such as <code>// result: FAILURE</code> at the top. */
  private static List<String> header(Path example, String key) throws IOException {
    String start = "// " + key + ": ";
    return Arrays.stream(Files.readString(example).split("\n"))
        .takeWhile(line -> line.startsWith("//"))
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .toList();
  }

  /** The example in a folder of its own, with what else it may need of its area. */
  private Path copied(Path area, Path example) throws IOException {
    String name = example.getFileName().toString();
    Path to = folder.resolve("examples").resolve(area).resolve(name.replace(".Jenkinsfile", ""));
    copy(EXAMPLES.resolve(area), to, name);
    return to.resolve(name);
  }

  private static void copy(Path from, Path to, String example) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            boolean other = name.endsWith(".Jenkinsfile") && !name.equals(example);
            if (other || name.endsWith(".log")) {
              return FileVisitResult.CONTINUE;
            }
            try {
              Path target = to.resolve(from.relativize(file).toString());
              Files.createDirectories(target.getParent());
              Files.copy(file, target);
              return FileVisitResult.CONTINUE;
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }
}
