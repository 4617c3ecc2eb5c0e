package dev.deputy.iam;

/**
 * A policy document that is not valid, and the place where it is not. What it quotes of the
 * document is made safe for logs and terminals: short, on one line, without control and format
 * characters.
 */
public final class PolicySyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_FOUND = 200;
  private static final char REPLACEMENT = '\uFFFD';

  private final int line;
  private final int column;
  private final String expected;
  private final String found;

  PolicySyntaxException(int line, int column, String expected, String found) {
    String shown = printable(found);
    super("line " + line + ", column " + column + ": expected " + expected + ", found " + shown);
    this.line = line;
    this.column = column;
    this.expected = expected;
    this.found = shown;
  }

  /** The line, counted from 1. */
  public int line() {
    return line;
  }

  /** The column, counted from 1. */
  public int column() {
    return column;
  }

  /** What would have been valid there, in words. */
  public String expected() {
    return expected;
  }

  /** What stands there, in words, shortened if long. */
  public String found() {
    return found;
  }

  private static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .limit(LONGEST_FOUND)
        .forEach(c -> printable.appendCodePoint(isPrintable(c) ? c : REPLACEMENT));
    return printable.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
