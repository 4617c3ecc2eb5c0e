package dev.deputy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a build prints can not do more at a terminal than be read. */
class TerminalTextTest {
  private static final String RESET = "\u001B[0m";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "a\ttab",
        "ünïcode 日本語 😀",
        "👩\u200D💻 joined",
        "\uD83D alone",
        "[31m no escape",
      })
  void textStaysAsItIs(String line) {
    assertThat(TerminalText.safe(line, true)).isEqualTo(line);
    assertThat(TerminalText.safe(line, false)).isEqualTo(line);
  }

  @Test
  void coloursStayWhereTheTerminalShowsThemAndEndWithTheLine() {
    assertThat(TerminalText.safe("\u001B[1;31mred", true)).isEqualTo("\u001B[1;31mred" + RESET);
    assertThat(TerminalText.safe("\u001B[38;5;196mred\u001B[m", true))
        .isEqualTo("\u001B[38;5;196mred\u001B[m" + RESET);
  }

  @Test
  void coloursGoWhereItDoesNot() {
    assertThat(TerminalText.safe("\u001B[1;31mred\u001B[0m and \u001B[4mmore", false))
        .isEqualTo("red and more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001B[2J",
        "\u001B[1A",
        "\u001B[8m\u001B[10;10H",
        "\u001B]0;title\u0007",
        "\u001B]52;c;Y3VybA==\u0007",
        "\u001B]8;;http://evil\u001B\\text",
        "\u001BP+q544e\u001B\\",
        "\u001B_private\u001B\\",
        "\u001Bc",
        "\u001B[?1049h",
        "\u001B[6n",
        "\u009B2J",
        "\u009D0;title\u009C",
        "overwritten\rreally",
        "back\b\b\b\bspace",
        "bell\u0007",
        "two\nlines",
        "\u007F",
        "\0",
        "\u001B",
        "\u001B\u001B[31m\u001B[2J",
        "\u001B[31",
        "\u001B[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17m",
        "invoice \u202Egpj.exe",
        "\u2066isolated\u2069",
        "line\u2028separator",
      })
  void nothingButColoursIsCarriedOut(String line) {
    String commands = "(?s).*[\\p{Cc}\\u2028-\\u202E\\u2066-\\u2069].*";
    assertThat(TerminalText.safe(line, false)).doesNotMatch(commands);
    assertThat(TerminalText.safe(line, true).replaceAll("\u001B\\[[0-9;]*m", ""))
        .doesNotMatch(commands);
  }

  @Test
  void restOfABrokenSequenceIsText() {
    assertThat(TerminalText.safe("a\u001B[2Jb", false)).isEqualTo("a[2Jb");
  }
}
