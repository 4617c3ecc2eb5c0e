package dev.deputy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelExpressionTest {
  private static final Set<String> LABELS =
      Set.of("linux", "arm64", "AgentAccountTest", "has space");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "linux; true",
        "Linux; false",
        "  linux  ; true",
        "!linux; false",
        "!!linux; true",
        "linux && arm64; true",
        "linux&&windows; false",
        "windows||arm64; true",
        "windows || linux && arm64; true",
        "(windows || linux) && !arm64; false",
        "!windows && !(x || y); true",
        "!linux || arm64; true",
        "!(linux || arm64); false",
        "\"has space\"; true",
        "\"has space\" && \"linux\"; true",
        "\"linux && arm64\"; false",
        "AgentAccountTest; true",
        "a-b.c/d:e_f; false"
      })
  void expressionIsEvaluatedAsItReads(String text, boolean expected) {
    assertThat(LabelExpression.parse(text).matches(LABELS)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "``~ 1~ found the end (expected: a label)",
        "linux &&~ 9~ found the end (expected: a label)",
        "linux arm64~ 7~ found 'a' (expected: &&, || or the end)",
        "linux & arm64~ 7~ found '&' (expected: &&, || or the end)",
        "(linux~ 7~ found the end (expected: &&, || or ))",
        "linux)~ 6~ found ')' (expected: &&, || or the end)",
        "&& linux~ 1~ found '&' (expected: a label)",
        "\"linux~ 1~ the quote is not closed",
        "\"\"~ 1~ found an empty label (expected: a label)",
        "a -> b~ 3~ found '-' (expected: &&, || or the end); Deputy does not know -> and <->",
        "a->b~ 2~ found '-' (expected: &&, || or the end); Deputy does not know -> and <->",
        "a <-> b~ 3~ found '<' (expected: &&, || or the end); Deputy does not know -> and <->"
      })
  void whatIsNoExpressionIsRefusedWithItsPlace(String text, int column, String message) {
    assertThatThrownBy(() -> LabelExpression.parse(text))
        .isInstanceOfSatisfying(
            LabelSyntaxException.class, e -> assertThat(e.column()).isEqualTo(column))
        .hasMessage("label expression '" + text + "', column " + column + ": " + message);
  }

  @Test
  void tooLongOrTooDeepIsRefused() {
    assertThatThrownBy(() -> LabelExpression.parse("x".repeat(1_001)))
        .hasMessageContaining("1001 characters (expected: at most 1000)")
        .message()
        .hasSizeLessThan(200);
    assertThatThrownBy(() -> LabelExpression.parse("(".repeat(900)))
        .hasMessageContaining("nested too deep");
    assertThatThrownBy(() -> LabelExpression.parse("!".repeat(900) + "x"))
        .hasMessageContaining("nested too deep");
    assertThat(LabelExpression.parse("x||".repeat(331) + "linux").matches(LABELS)).isTrue();
  }
}
