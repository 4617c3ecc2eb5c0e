package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole builds, one folder each: {@code Jenkinsfile}, {@code expected.properties} (result, denied,
 * who answers what) and {@code console.log}.
 */
class CasesTest {
  private static final Path CASES = Path.of("src/test/resources/cases");

  @TempDir Path folder;

  static List<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theBuildEndsAndReadsAsExpected(String name) throws Exception {
    Path each = CASES.resolve(name);
    var expected = new Properties();
    expected.load(new StringReader(Files.readString(each.resolve("expected.properties"))));
    var bench = new Bench(folder);
    bench.answers = answers(expected.getProperty("answers", ""));

    BuildOutcome outcome = bench.run(Files.readString(each.resolve("Jenkinsfile")));

    assertThat(normal(bench.log())).isEqualTo(Files.readString(each.resolve("console.log")));
    assertThat(outcome.state()).hasToString(expected.getProperty("result"));
    assertThat(outcome.denied()).hasToString(expected.getProperty("denied", "false"));
    assertThat(bench.agents.open()).isZero();
  }

  /** What differs from run to run, by its name. */
  private String normal(String log) {
    return log.replace(folder.toString(), "TMP").replaceAll("(Running on \\w+)-[0-9a-f]{8}", "$1");
  }

  /**
   * {@code carol NAME=value}, {@code no dave} or nothing, one after the other, separated by ';'.
   */
  private static Questions answers(String text) {
    Deque<String> answers = new ArrayDeque<>(Arrays.asList(text.split(";")));
    return _ -> answer(answers.isEmpty() ? "" : answers.remove());
  }

  private static Answer answer(String text) {
    List<String> words = Arrays.asList(text.strip().split(" "));
    if (text.isBlank()) {
      return new Answer.Unanswerable("Nobody is there: --approve carol would have answered it");
    }
    if (words.getFirst().equals("no")) {
      return new Answer.Declined(words.getLast());
    }
    Map<String, Object> values = new HashMap<>();
    for (String word : words.subList(1, words.size())) {
      values.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
    }
    return new Answer.Approved(words.getFirst(), values);
  }
}
