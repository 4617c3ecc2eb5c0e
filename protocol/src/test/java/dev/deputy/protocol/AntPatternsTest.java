package dev.deputy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    "**/.git/**, .git/config, true",
    "a**b.txt, axxb.txt, true",
    "a/**/b/**/c, a/b/x/b/c, true",
    "a/**/b/**/c, a/x/c, false",
    "target/**, target, true",
    "**/*-*.jar, lib/a-b-1.jar, true",
    "'', a, false"
  })
  void patternMatchesAsInAnt(String pattern, String name, boolean matches) {
    assertThat(new AntPatterns(List.of(pattern), List.of()).match(name)).isEqualTo(matches);
  }

  @Test
  @Timeout(10)
  void noPatternIsTriedInAllWays() {
    String stars = "*a".repeat(60) + "b";
    String folders = "**/a/".repeat(60) + "b";
    var patterns = new AntPatterns(List.of(stars, folders), List.of());

    assertThat(patterns.match("a".repeat(250))).isFalse();
    assertThat(patterns.match("a/".repeat(120) + "c")).isFalse();
  }

  @Test
  void patternsWithoutFoldersHaveADepth() {
    assertThat(new AntPatterns(List.of("*.jar", "a/b/*.txt"), List.of()).depth()).hasValue(3);
    assertThat(new AntPatterns(List.of("a", "b/"), List.of()).depth()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a.txt, true", "b.txt, false", "c.md, false"})
  void excludedFilesDoNotMatch(String name, boolean matches) {
    AntPatterns patterns = new AntPatterns(List.of("*.txt"), List.of("b*"));

    assertThat(patterns.match(name)).isEqualTo(matches);
  }
}
