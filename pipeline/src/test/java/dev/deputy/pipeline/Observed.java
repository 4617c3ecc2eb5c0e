package dev.deputy.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * What can be seen of one run of a program, in real Groovy or here.
 *
 * @param value what the last statement is worth, written with types; absent after an error
 * @param output what was printed
 * @param error the type of the exception that ended it; absent if none did
 * @param message that exception's message
 */
record Observed(
    @Nullable String value, String output, @Nullable String error, @Nullable String message) {
  static Observed ended(@Nullable Object value, String output) {
    return new Observed(Canonical.text(value), output, null, null);
  }

  static Observed failed(String type, @Nullable String message, String output) {
    return new Observed(null, output, type.substring(type.lastIndexOf('.') + 1), message);
  }

  boolean compiles() {
    return !"does not compile".equals(error);
  }

  String show() {
    StringBuilder text = new StringBuilder();
    output.lines().forEach(line -> text.append("    prints ").append(line).append('\n'));
    text.append("    ").append(error == null ? "gives " + value : "throws " + error);
    return text.append(message == null ? "" : ": " + message).toString();
  }
}
