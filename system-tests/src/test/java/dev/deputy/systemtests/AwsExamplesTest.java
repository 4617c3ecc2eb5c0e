package dev.deputy.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.systemtests.DeputyProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Runs all AWS examples on one sandbox and compares their consoles. With the system property {@code
 * deputy.writeLogs} it writes them anew instead.
 */
class AwsExamplesTest {
  private static final String FOLDER = "examples/reference/aws";

  /** Every AWS step starts a program of its own. */
  private static final long PATIENCE_SECONDS = 400;

  @TempDir private Path folder;

  @Test
  void everyExampleEndsAndSaysAsItIsWrittenBesideIt() throws Exception {
    Path checkout = ExampleCheckout.in(folder);
    List<String> files = files();

    Result result;
    try (DeputyProcess deputy =
        DeputyProcess.start(
            Machine.whole(),
            checkout,
            Stream.concat(Stream.of("run", "--output", "json"), files.stream())
                .toArray(String[]::new))) {
      result = deputy.result(PATIENCE_SECONDS);
    }

    Map<String, JsonNode> ends = new TreeMap<>();
    result
        .events("build-finished")
        .forEach(
            end -> ends.put(Path.of(end.get("file").asString()).getFileName().toString(), end));
    assertThat(ends).as(result.text()).hasSameSizeAs(files);
    for (String file : files) {
      Path source = Checkout.root().resolve(file);
      JsonNode end = ends.get(source.getFileName().toString());
      compare(source, Objects.requireNonNull(end));
    }
  }

  private static void compare(Path source, JsonNode end) throws IOException {
    String text = Files.readString(source);
    String console = Files.readString(Path.of(end.get("logFile").asString()));
    String expected = text.startsWith("// result: FAILURE") ? "FAILURE" : "SUCCESS";
    assertThat(end.get("result").asString()).as(console).isEqualTo(expected);
    Path log = Path.of(source.toString().replace(".Jenkinsfile", ".log"));
    if (System.getProperty("deputy.writeLogs") != null) {
      Files.writeString(log, normal(console));
      return;
    }
    if (!Files.exists(log)) {
      return;
    }
    List<String> lines = normal(console).lines().toList();
    List<String> written = Files.readAllLines(log);
    if (text.contains("parallel")) {
      assertThat(lines).as(source.toString()).containsExactlyInAnyOrderElementsOf(written);
    } else {
      assertThat(lines).as(source.toString()).isEqualTo(written);
    }
  }

  /** Without what every run has anew. */
  private static String normal(String console) {
    return console
        .replaceAll("AROA[A-Z2-7]{17}", "AROAEXAMPLE")
        .replaceAll("\\b[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.]{12}", "TIME")
        .replaceAll("Running on ([a-z]+)-[0-9a-f]{8} in \\S+", "Running on $1 in WORKSPACE")
        .replaceAll("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:PORT")
        .replaceAll("Started by user \\S+", "Started by user USER")
        .replaceAll("Checked out \\S+ at [0-9a-f]{8}", "Checked out CHECKOUT at COMMIT")
        .replaceAll("/tmp/deputy-[0-9a-f-]{36}", "AGENT");
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(Checkout.root().resolve(FOLDER))) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".Jenkinsfile"))
          .sorted()
          .map(name -> FOLDER + "/" + name)
          .toList();
    }
  }
}
