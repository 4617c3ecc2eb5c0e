package dev.deputy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attempts to get out of the language, or to use the machine up: one file each. The first line says
 * what the error has to contain. Each ends in an error that names a place, soon, and leaves the JVM
 * as it was.
 */
class HostileFilesTest {
  private static final Path FOLDER = Path.of("src/test/resources/hostile");
  private static final String EXPECT = "// expect: ";

  /** Far above what these take, far below what they would take without limits. */
  private static final Duration BOUND = Duration.ofSeconds(30);

  /** Less of everything that takes time than a build has, so that the test is fast. */
  private static final RunLimits FEW =
      new RunLimits(300_000, 128L << 20, 8 << 20, 100_000, 200, 4L << 20);

  @TempDir Path folder;

  static List<Path> attempts() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("attempts")
  void endsInAClearErrorAndHarmsNothing(Path attempt) throws IOException, InterruptedException {
    String source = Files.readString(attempt);
    Path canary = Files.writeString(folder.resolve("canary"), "alive");
    Map<String, String> before = jvm();
    String error = assertTimeoutPreemptively(BOUND, () -> error(source));
    assertThat(source).startsWith(EXPECT);
    String expected = source.lines().findFirst().orElse("").substring(EXPECT.length());
    assertThat(error).contains(expected).containsPattern("Jenkinsfile:\\d+");
    assertThat(Files.readString(canary)).isEqualTo("alive");
    assertThat(settled(before)).isEqualTo(before);
  }

  private static String error(String source) {
    String problems = Pipelines.problems(source);
    if (!problems.isEmpty()) {
      return problems;
    }
    Outcome outcome = Pipelines.valid(source).run(new RecordingHost(), FEW);
    assertThat(outcome.result()).isEqualTo(BuildResult.FAILURE);
    return outcome.error().orElse("");
  }

  /** What an attempt could have changed: properties, and threads that stay. */
  private static Map<String, String> jvm() {
    Map<String, String> state = new TreeMap<>();
    System.getProperties()
        .stringPropertyNames()
        .forEach(name -> state.put(name, String.valueOf(System.getProperty(name))));
    state.put(
        "threads",
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !thread.isDaemon())
            .map(Thread::getName)
            .filter(name -> !name.startsWith("junit"))
            .sorted()
            .collect(Collectors.joining(", ")));
    return state;
  }

  /** A thread that ends may still be on its way. */
  private static Map<String, String> settled(Map<String, String> expected)
      throws InterruptedException {
    Map<String, String> now = jvm();
    for (int look = 0; look < 500 && !now.equals(expected); look++) {
      TimeUnit.MILLISECONDS.sleep(10);
      now = jvm();
    }
    return now;
  }

  @Test
  void thereAreEnoughOfThem() throws IOException {
    assertThat(attempts()).hasSizeGreaterThan(100);
  }
}
