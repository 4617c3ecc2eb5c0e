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

  Problem problem(Position at, String message, String hint) {
    String excerpt = at.line() <= lines.size() ? lines.get(at.line() - 1) : "";
    return new Problem(at, message, hint, excerpt);
  }
}
