package dev.deputy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import groovy.lang.GroovyShell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each line of {@code semantics.txt} is a program; what it gives as text is the same in Groovy
 * itself as here. Groovy runs in this test only.
 */
class GroovySemanticsTest {
  static List<String> programs() throws IOException {
    try (InputStream in = GroovySemanticsTest.class.getResourceAsStream("/semantics.txt");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void programGivesTheSameAsInGroovy(String program) {
    assertThat(here(program)).isEqualTo(inGroovy(program));
  }

  private static String here(String program) {
    RecordingHost host = new RecordingHost();
    Outcome outcome =
        Pipelines.run("def program = {\n" + program + "\n}\necho \"${program()}\"", host);
    return host.log.isEmpty()
        ? outcome.error().map(GroovySemanticsTest::type).orElse("no output")
        : host.log.getLast();
  }

  private static String inGroovy(String program) {
    try {
      Object value =
          new GroovyShell()
              .evaluate("def program = {\n" + program + "\n}\n\"${program()}\" as String");
      return "echo(message=" + String.valueOf(value).replace("\n", "⏎") + ")";
    } catch (Exception | AssertionError failure) {
      return type(failure.toString());
    }
  }

  /** Of an error only the type is compared. */
  private static String type(String text) {
    String name = text.replaceFirst("^ERROR: ", "").split("[:(\\s]", 2)[0];
    return name.substring(name.lastIndexOf('.') + 1).replaceAll("^(GroovyCast|PowerAssertion)", "");
  }
}
