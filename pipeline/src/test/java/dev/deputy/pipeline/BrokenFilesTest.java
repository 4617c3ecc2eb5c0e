package dev.deputy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example, many times, with one token less, more, twice or another: never without advice. */
class BrokenFilesTest {
  private static final int TIMES = Boolean.getBoolean("deputy.full") ? 40 : 12;
  private static final Pattern TOKEN =
      Pattern.compile("'''|\"\"\"|\\w+|//|/\\*|\\*/|->|==|&&|[^\\s\\w]");
  private static final List<String> STRAY =
      List.of(
          "{",
          "}",
          "(",
          ")",
          "[",
          "]",
          "'",
          "\"",
          "'''",
          "\"\"\"",
          "/",
          "/*",
          "$",
          "\\",
          "#",
          "@",
          "+",
          "=",
          ",",
          ":",
          ".",
          "?",
          "->",
          ";",
          "if",
          "else",
          "def",
          "case",
          "try",
          "in",
          "new",
          "return",
          "x",
          "1",
          "‘",
          "\t",
          "\n",
          "\0",
          "\uD83D\uDE00",
          "class",
          "import",
          "<",
          "~");

  static List<Path> examples() throws Exception {
    return GoldenTest.valid();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void thereIsAlwaysAdvice(Path file) throws IOException {
    String text = Files.readString(file);
    List<MatchResult> tokens = TOKEN.matcher(text).results().toList();
    Random random = new Random(file.getFileName().toString().hashCode());
    for (int i = 0; i < TIMES; i++) {
      MatchResult token = tokens.get(random.nextInt(tokens.size()));
      String stray = STRAY.get(random.nextInt(STRAY.size()));
      String instead =
          switch (i % 4) {
            case 0 -> "";
            case 1 -> " " + stray + " " + token.group();
            case 2 -> token.group() + " " + token.group();
            default -> stray;
          };
      check(text.substring(0, token.start()) + instead + text.substring(token.end()));
    }
  }

  private static void check(String text) {
    Source source = Source.of("Jenkinsfile", text);
    Findings findings = new Findings(source);
    boolean parsed = GroovySyntax.parse(source, findings).isPresent();
    assertThat(findings.errors().isEmpty()).as(text).isEqualTo(parsed);
    assertThat(findings.errors())
        .as(text)
        .allSatisfy(problem -> {
          assertThat(problem.hint()).isNotBlank();
          assertThat(problem.message()).isNotBlank();
          assertThat(problem.position().line()).isBetween(1, source.lines().size());
          assertThat(problem.format()).contains("^");
        });
  }
}
