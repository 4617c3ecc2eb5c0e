package dev.deputy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every example that uses credentials is run, and everything that is left of it is searched for
 * each secret: the database with its journal, the logs, the builds' folders.
 */
class SecretsOfExamplesTest {
  private static final Path EXAMPLES = Path.of("../examples/reference/credentials");

  /** What only the examples' stand-ins for AWS know; in the examples' text, so not in logs only. */
  private static final List<String> ON_AGENT =
      List.of("far-0815-4711,", "field-0815-4711,", "parameter-0815-4711\n");

  @TempDir Path folder;

  @Test
  void noSecretIsLeftAnywhere() throws IOException {
    List<String> secrets =
        List.of("EXAMPLE_TOKEN", "EXAMPLE_PASSWORD", "EXAMPLE_FILE", "EXAMPLE_KEY").stream()
            .map(SecretsOfExamplesTest::variable)
            .toList();
    String[] arguments =
        Stream.concat(
                Stream.of(
                    "run",
                    "--local",
                    "--state",
                    folder.resolve("state").toString(),
                    "--log-dir",
                    folder.resolve("logs").toString()),
                examples().map(Path::toString))
            .toArray(String[]::new);

    int status = Deputy.commandLine().execute(arguments);

    assertThat(status).isEqualTo(ExitStatus.FAILURE.code()); // one of them fails on purpose
    assertThat(log("string")).contains("the token is ****", "pipeline code has it too: ****");
    assertThat(log("on-agent")).contains("****, ****, ****").doesNotContain(ON_AGENT);
    for (Map.Entry<Path, String> file : everything().entrySet()) {
      assertThat(file.getValue()).as(file.getKey().toString()).doesNotContain(secrets);
    }
  }

  /** Set by the build for all tests. */
  private static String variable(String name) {
    String value = System.getenv(name);
    assertThat(value).as(name).isNotBlank();
    return Objects.requireNonNull(value);
  }

  private static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .filter(file -> file.toString().endsWith(".Jenkinsfile"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private String log(String example) throws IOException {
    try (Stream<Path> logs = Files.list(folder.resolve("logs"))) {
      Path log =
          logs.filter(file -> file.toString().contains("_" + example + ".Jenkinsfile"))
              .findFirst()
              .orElseThrow();
      return Files.readString(log);
    }
  }

  private Map<Path, String> everything() throws IOException {
    Map<Path, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(content.keySet())
        .anyMatch(file -> file.endsWith("deputy.db"))
        .hasSizeGreaterThan(10);
    return content;
  }
}
