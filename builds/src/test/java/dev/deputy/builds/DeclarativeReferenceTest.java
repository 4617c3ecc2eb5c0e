package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.pipeline.DeclarativeWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/reference/declarative.md} against the words that the checker knows, and each
 * word against an example that runs. With {@code -Ddeputy.golden=write} the page is written.
 */
class DeclarativeReferenceTest {
  private static final Path PAGE =
      Path.of("..", "docs", "reference", "declarative.md").toAbsolutePath().normalize();

  private static final String HEAD =
      """
      # Declarative pipelines

      What can stand in each section, each with an example that runs. This page is generated from the checker; a test holds it against it.
      Options may also be any [step](steps.md) that takes a block.
      """;

  /** Why there is none; DockerStepsTest runs these. */
  private static final Map<String, String> WITHOUT_EXAMPLE =
      Map.of(
          "agent: docker", "needs a Docker engine",
          "agent: dockerfile", "needs a Docker engine",
          "matrix: input", "nobody is there to answer it");

  /** As it is written in that section: a block, a call, or an argument. */
  private static Pattern use(String section, String word) {
    String name = Pattern.quote(word);
    return Pattern.compile(
        switch (section) {
          case "agent" ->
              word.equals("any") || word.equals("none")
                  ? "\\bagent " + name + "\\b"
                  : "\\bagent\\s*\\{\\s*" + name + "\\b";
          case "matrix" -> "(?s)\\bmatrix\\s*\\{.*?\\b" + name + "\\s*\\{";
          case "pipeline", "stage", "post" -> "\\b" + name + "\\s*(\\{|any\\b|none\\b|true\\b)";
          case "when" -> "\\b" + name + "\\s*(\\{|\\(|'|\"|true\\b|\\w+:)";
          case "input" -> "\\b" + name + "\\s*(\\{|\\(|'|\")";
          default -> "\\b" + name + "\\s*\\(";
        });
  }

  @Test
  void pageIsWhatTheCheckerKnowsAndEveryWordHasAnExample() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    List<String> without = new ArrayList<>();
    DeclarativeWords.bySection()
        .forEach((section, words) -> {
          page.append("\n## ").append(section).append("\n\n| word | example |\n|---|---|\n");
          for (String word : words) {
            List<Path> examples = ReferenceExamples.with(use(section, word));
            page.append("| `").append(word).append("` | ");
            page.append(examples.isEmpty() ? "" : ReferenceExamples.link(examples.getFirst()));
            page.append(" |\n");
            if (examples.isEmpty()) {
              without.add(section + ": " + word);
            }
          }
        });
    if ("write".equals(System.getProperty("deputy.golden"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(without)
        .as("words without an example that runs")
        .containsExactlyInAnyOrderElementsOf(WITHOUT_EXAMPLE.keySet());
    assertThat(PAGE).as("-Ddeputy.golden=write writes the page").hasContent(page.toString());
  }
}
