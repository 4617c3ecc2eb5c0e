package dev.deputy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NamePatternTest {
  @Example
  void starStaysWithinASegmentAndTwoStarsDoNot() {
    assertThat(matches("a/*", "a/b")).isTrue();
    assertThat(matches("a/*", "a/b/c")).isFalse();
    assertThat(matches("a/**", "a/b/c")).isTrue();
    assertThat(matches("a/**", "a")).isFalse();
    assertThat(matches("**", "a/b/c")).isTrue();
    assertThat(matches("*", "a/b")).isFalse();
    assertThat(matches("**/deploy-*", "a/b/deploy-x")).isTrue();
    assertThat(matches("**/deploy-*", "a/b/deploy-x/y")).isFalse();
    assertThat(matches("*/*/c", "a/b/c")).isTrue();
    assertThat(matches("team-*/app", "team-/app")).isTrue();
  }

  @Example
  void lookAlikesDoNotMatch() {
    for (String name :
        new String[] {
          "Prod",
          "prod ",
          " prod",
          "prod/",
          "/prod",
          "prod/../prod",
          "pr%6fd",
          "pr\u043ed",
          "prod\n",
          "pro",
          "prodd",
          "",
          "ｐrod"
        }) {
      assertThat(matches("prod", name)).as(name).isFalse();
    }
  }

  @Example
  void charactersOfRegularExpressionsStandForThemselves() {
    assertThat(matches("a.b+c", "a.b+c")).isTrue();
    assertThat(matches("a.b", "axb")).isFalse();
    assertThat(matches("[ab]", "a")).isFalse();
    assertThat(matches("a?", "a")).isFalse();
    assertThat(matches("(a|b)*", "(a|b)x")).isTrue();
    assertThat(matches("\\*", "*")).isFalse();
  }

  @Example
  void whatNoNameCanMatchIsRefused() {
    for (String text : new String[] {"", " main", "main\n", "a\u0001", "x".repeat(256)}) {
      assertThatThrownBy(() -> NamePattern.of(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected: 1 to 255 characters");
    }
  }

  @Example
  void manyWildcardsTakeNoExponentialTime() {
    var pattern = NamePattern.of("**a*".repeat(60) + "b");

    assertThat(pattern.matches("a".repeat(100_000))).isFalse();
  }

  @Property
  void matchingEqualsThatOfTheRegularExpression(
      @ForAll("patterns") String pattern, @ForAll("names") String name) {
    String regex = pattern.replaceAll("\\*\\*+", ">").replace("*", "[^/]*").replace(">", ".*");

    assertThat(matches(pattern, name)).isEqualTo(Pattern.matches(regex, name));
  }

  private static boolean matches(String pattern, String name) {
    return NamePattern.of(pattern).matches(name);
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.strings().withChars("ab/*").ofMinLength(1).ofMaxLength(8);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withChars("ab/").ofMaxLength(8);
  }
}
