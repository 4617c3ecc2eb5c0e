package dev.deputy.cli;

/**
 * How text is set off: colours where there is a terminal that shows them, symbols where the
 * character set has them.
 */
record Style(boolean colours, boolean symbols) {
  String bold(String text) {
    return paint("1", text);
  }

  String faint(String text) {
    return paint("2", text);
  }

  String red(String text) {
    return paint("31", text);
  }

  String green(String text) {
    return paint("32", text);
  }

  String yellow(String text) {
    return paint("33", text);
  }

  String blue(String text) {
    return paint("36", text);
  }

  String symbol(String symbol, String plain) {
    return symbols ? symbol : plain;
  }

  private String paint(String code, String text) {
    return colours ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
  }
}
