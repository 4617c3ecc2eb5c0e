package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.BodyUse;
import dev.deputy.pipeline.StepSignature.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/reference/steps.md} against the steps: parameters from their signatures, the
 * sentence from the documentation of their classes, links to the examples that use them. With
 * {@code -Ddeputy.golden=write} the page is written.
 */
class StepsReferenceTest {
  private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
  private static final Path PAGE = TOP.resolve("docs/reference/steps.md");
  private static final Path SOURCES = TOP.resolve("builds/src/main/java/dev/deputy/builds");

  /** Why there is none; DockerStepsTest and the tests of the AWS steps run these. */
  private static final Map<String, String> WITHOUT_EXAMPLE =
      Map.of(
          "dockerContainer", "needs a Docker engine",
          "withDockerContainer", "needs a Docker engine",
          "withDockerRegistry", "needs a Docker engine",
          "cfnCreateChangeSet", "the sandbox makes no change sets",
          "cfnExecuteChangeSet", "the sandbox makes no change sets");

  private static final String HEAD =
      """
      # Steps

      Every step that a Jenkinsfile can use. This page is generated from the steps themselves; a test holds it against them. A parameter in
      **bold** has to be given; the one marked with `*` may be given without its name. Steps that need an agent work inside of `node` or of a
      stage with an agent.

      """;

  @Test
  void pageIsWhatTheStepsSay() throws IOException {
    String page =
        HEAD
            + Steps.all().names().stream()
                .map(name -> entry(Steps.all().find(name).orElseThrow()))
                .collect(Collectors.joining("\n"));
    if ("write".equals(System.getProperty("deputy.golden"))) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as("-Ddeputy.golden=write writes the page")
        .isEqualTo(page);
  }

  private static String entry(StepSignature step) {
    StringBuilder entry = new StringBuilder("## " + step.name() + "\n\n");
    sentence(step.name()).ifPresent(text -> entry.append(text).append("\n\n"));
    entry.append(step.needsAgent() ? "Needs an agent" : "Works anywhere");
    entry.append(
        switch (step.body()) {
          case NONE -> ".";
          case REQUIRED -> "; takes a block.";
          case OPTIONAL -> "; may take a block.";
        });
    if (!step.parameters().isEmpty()) {
      entry.append("\n\n| parameter | takes |\n|---|---|\n");
      step.parameters().forEach(parameter -> entry.append(row(parameter)));
    } else {
      entry.append("\n");
    }
    List<String> examples = examples(step);
    if (!examples.isEmpty()) {
      entry.append("\nExamples: ").append(String.join(", ", examples)).append("\n");
    }
    return entry.toString();
  }

  private static String row(Parameter parameter) {
    String name = "`" + parameter.name() + "`" + (parameter.isDefault() ? " `*`" : "");
    String kind = parameter.kind().name().toLowerCase(Locale.ROOT).replace("any", "any value");
    String ignored = parameter.ignored().map(why -> "; no effect: " + why).orElse("");
    return "| %s | %s%s |\n"
        .formatted(parameter.required() ? "**" + name + "**" : name, kind, ignored);
  }

  /** The first sentence of the class whose documentation begins with the step's name. */
  private static Optional<String> sentence(String step) {
    Pattern start =
        Pattern.compile(
            "/\\*\\*\\s*(?:\\*\\s*)?\\{@code "
                + Pattern.quote(step)
                + "}[^:]{0,60}: ([^.]*(?:\\.\\w[^.]*)*)\\.");
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files
          .sorted()
          .map(StepsReferenceTest::read)
          .map(start::matcher)
          .filter(Matcher::find)
          .map(found -> plain(found.group(1)))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String plain(String javadoc) {
    String text =
        javadoc
            .replaceAll("\\s*\\n\\s*\\*\\s*", " ")
            .replaceAll("\\{@code ([^}]*)}", "`$1`")
            .replaceAll("\\{@link #?([^}]*)}", "`$1`");
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The two shortest examples that call it. */
  private static List<String> examples(StepSignature step) {
    Pattern call =
        Pattern.compile(
            "(?m)(?<![\\w.$'\"/-])"
                + Pattern.quote(step.name())
                + (step.body() == BodyUse.NONE ? "(?=\\s*[('\"\\w\\[]|\\()" : "\\s*[({'\"\\w]"));
    return ReferenceExamples.with(call).stream().limit(2).map(ReferenceExamples::link).toList();
  }

  @Test
  void everyStepHasAnExample() {
    assertThat(Steps.all().names())
        .filteredOn(name -> examples(Steps.all().find(name).orElseThrow()).isEmpty())
        .as("steps without an example that runs")
        .containsExactlyInAnyOrderElementsOf(WITHOUT_EXAMPLE.keySet());
  }
}
