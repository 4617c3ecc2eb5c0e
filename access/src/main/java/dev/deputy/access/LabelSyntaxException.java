package dev.deputy.access;

/** A text is no label expression. */
public final class LabelSyntaxException extends RuntimeException {
  private final int column;

  LabelSyntaxException(String text, int column, String message) {
    super("label expression '" + text + "', column " + column + ": " + message);
    this.column = column;
  }

  /** Where, from 1, within the expression. */
  public int column() {
    return column;
  }
}
