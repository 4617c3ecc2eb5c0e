package dev.deputy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AntPatternsTest {
  @ParameterizedTest
  @CsvSource({
    "**, a, true",
    "**, a/b/c, true",
    "*, a, true",
    "*, a/b, false",
    "**/*.jar, a.jar, true",
    "**/*.jar, a/b/c.jar, true",
    "**/*.jar, a/b/cjar, false",
    "target/**, target/a, true",
    "target/**, target/a/b, true",
    "target/**, other/target/a, false",
    "target/, target/a/b, true",
    "target, target/a, false",
    "**/target/**, a/target/b, true",
    "**/target/**, target/b, true",
    "**/target/**, atarget/b, false",
    "a/**/b, a/b, true",
    "a/**/b, a/x/y/b, true",
    "a/**/b, ab, false",
    "./a?c.txt, abc.txt, true",
    "a?c.txt, a/c.txt, false",
    "a+(b).txt, a+(b).txt, true",
    "**/.git/**, .git/config, true"
  })
  void patternMatchesAsInAnt(String pattern, String name, boolean matches) {
    assertThat(new AntPatterns(List.of(pattern), List.of()).match(name)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({"a.txt, true", "b.txt, false", "c.md, false"})
  void excludedFilesDoNotMatch(String name, boolean matches) {
    AntPatterns patterns = new AntPatterns(List.of("*.txt"), List.of("b*"));

    assertThat(patterns.match(name)).isEqualTo(matches);
  }
}
