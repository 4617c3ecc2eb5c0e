package dev.deputy.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardsTest {

  @ParameterizedTest
  @CsvSource({
    "*, '', true",
    "?, '', false",
    "'', '', true",
    "'', a, false",
    "a*b, ab, true",
    "a*b, axxb, true",
    "a*b, axxbc, false",
    "a?c, abc, true",
    "a?c, ac, false",
    "*a*b*, xxaxxbxx, true",
    "*aab, aaaab, true",
    "**, anything, true",
    "?*?, a, false",
    "?*?, ab, true"
  })
  void starIsAnyTextAndQuestionMarkOneCharacter(String pattern, String text, boolean matches) {
    assertThat(Wildcards.matches(tokens(pattern), text, false)).isEqualTo(matches);
  }

  @Property(tries = 5000)
  void agreesWithTheNaiveMatcher(
      @ForAll("patterns") String pattern, @ForAll("texts") String text, @ForAll boolean fold) {
    assertThat(Wildcards.matches(tokens(pattern), text, fold))
        .isEqualTo(fold ? naive(lower(pattern), lower(text)) : naive(pattern, text));
  }

  @Test
  void hostilePatternsCannotStallTheMatcher() {
    int[] pattern = tokens("*a".repeat(1000) + "b");
    String text = "a".repeat(20_000);

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThat(Wildcards.matches(pattern, text, false)).isFalse());
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.strings().withChars("abAB*?").ofMaxLength(8);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("abAB").ofMaxLength(10);
  }

  private static boolean naive(String pattern, String text) {
    if (pattern.isEmpty()) {
      return text.isEmpty();
    }
    return switch (pattern.charAt(0)) {
      case '*' ->
          naive(pattern.substring(1), text)
              || (!text.isEmpty() && naive(pattern, text.substring(1)));
      case '?' -> !text.isEmpty() && naive(pattern.substring(1), text.substring(1));
      default ->
          !text.isEmpty()
              && text.charAt(0) == pattern.charAt(0)
              && naive(pattern.substring(1), text.substring(1));
    };
  }

  private static String lower(String text) {
    return text.toLowerCase(java.util.Locale.ROOT);
  }

  private static int[] tokens(String pattern) {
    return pattern
        .chars()
        .map(c -> c == '*' ? Wildcards.MANY : c == '?' ? Wildcards.ONE : c)
        .toArray();
  }
}
