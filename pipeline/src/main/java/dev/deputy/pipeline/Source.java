package dev.deputy.pipeline;

import java.util.List;

/**
 * A pipeline file's text in lines, without byte order mark and whatever its line ends were.
 *
 * @param file as the user named it
 */
record Source(String file, List<String> lines) {
  static Source of(String file, String text) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return new Source(file, List.of(plain.split("\r\n|\r|\n", -1)));
  }

  String text() {
    return String.join("\n", lines);
  }

  Position at(int line, int column) {
    return new Position(file, Math.max(1, line), Math.max(1, column));
  }

  /** The line with that number; empty beyond the last. */
  String line(int number) {
    return number <= lines.size() ? lines.get(number - 1) : "";
  }

  /** The character at a place; empty beyond the line's end. */
  String charAt(Position at) {
    String line = line(at.line());
    return at.column() <= line.length()
        ? Character.toString(line.codePointAt(at.column() - 1))
        : "";
  }

  Problem problem(Position at, String message, String hint) {
    return new Problem(at, message, hint, line(at.line()));
  }
}
