package dev.deputy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pairs of files: a Jenkinsfile, and the steps that the host sees and how it ends ({@code valid}),
 * or what is reported ({@code invalid}). A line {@code //: NAME=value} of a Jenkinsfile is a
 * variable of the build, {@code //? NAME=value} a parameter, {@code //! step} a step that fails,
 * {@code //x step} one that is denied, {@code //i step} one that is interrupted, {@code //>
 * step=text} one that returns a text, {@code //p RESULT} how the build before went. With {@code
 * -Ddeputy.golden=FOLDER} the expectations are written there instead of compared: look at what
 * changed before it becomes one.
 */
class GoldenTest {
  static List<Path> valid() throws Exception {
    return files("/valid");
  }

  static List<Path> invalid() throws Exception {
    return files("/invalid");
  }

  private static List<Path> files(String folder) throws IOException, URISyntaxException {
    Path path = Path.of(Objects.requireNonNull(GoldenTest.class.getResource(folder)).toURI());
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".jenkinsfile")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("valid")
  void runsAsExpected(Path file) throws IOException {
    String source = Files.readString(file);
    RecordingHost host = new RecordingHost();
    source.lines().forEach(line -> prepare(line, host));
    Outcome outcome = Pipelines.run(source, host);
    String end =
        outcome.result()
            + (outcome.denied() ? " denied" : "")
            + outcome.error().map(error -> ": " + error).orElse("");
    compare(file, String.join("\n", host.log) + "\n" + end + "\n");
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void isRefusedAsExpected(Path file) throws IOException {
    compare(file, Pipelines.report(Files.readString(file)) + "\n");
  }

  private static void prepare(String line, RecordingHost host) {
    String text = line.length() > 4 ? line.substring(4) : "";
    if (line.startsWith("//: ")) {
      host.with(text.split("=", 2)[0], text.split("=", 2)[1]);
    } else if (line.startsWith("//? ")) {
      String value = text.split("=", 2)[1];
      host.parameters.put(
          text.split("=", 2)[0],
          value.equals("true") || value.equals("false") ? (Object) Boolean.valueOf(value) : value);
    } else if (line.startsWith("//! ")) {
      host.answer(text, GoldenTest::fail);
    } else if (line.startsWith("//x ")) {
      host.answer(text, GoldenTest::deny);
    } else if (line.startsWith("//i ")) {
      host.answer(text, GoldenTest::interrupt);
    } else if (line.startsWith("//p ")) {
      host.previous = BuildResult.valueOf(text);
    } else if (line.startsWith("//> ")) {
      String value = text.split("=", 2)[1];
      host.answer(text.split("=", 2)[0], _ -> value);
    }
  }

  private static @Nullable Object fail(StepCall call) {
    throw new PipelineException.StepFailed(call.name() + " failed");
  }

  private static @Nullable Object deny(StepCall call) {
    throw new PipelineException.Denied(call.name() + " is denied");
  }

  private static @Nullable Object interrupt(StepCall call) {
    throw new PipelineException.Interrupted(
        BuildResult.ABORTED, new InterruptionCause.Other(call.name() + " was interrupted"));
  }

  private static void compare(Path file, String actual) throws IOException {
    Path expected =
        file.resolveSibling(file.getFileName().toString().replace(".jenkinsfile", ".expected"));
    String folder = System.getProperty("deputy.golden");
    if (folder != null) {
      Path to = Path.of(folder).resolve(Objects.requireNonNull(file.getParent()).getFileName());
      Files.writeString(to.resolve(expected.getFileName()), actual);
      return;
    }
    assertThat(actual).isEqualTo(Files.exists(expected) ? Files.readString(expected) : "");
  }
}
