package dev.deputy.iam;

/** A policy document that is not valid, and the place where it is not. */
public final class PolicySyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final String expected;
  private final String found;

  PolicySyntaxException(int line, int column, String expected, String found) {
    super("line " + line + ", column " + column + ": expected " + expected + ", found " + found);
    this.line = line;
    this.column = column;
    this.expected = expected;
    this.found = found;
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
}
