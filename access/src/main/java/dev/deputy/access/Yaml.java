package dev.deputy.access;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes values so that they can be pasted into a YAML file and read on a terminal. */
final class Yaml {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./+-]*");

  /** What YAML readers take for something else than text. */
  private static final Pattern WORD =
      Pattern.compile("true|false|yes|no|on|off|y|n|null", Pattern.CASE_INSENSITIVE);

  private Yaml() {}

  static String list(List<String> values) {
    return values.stream().map(Yaml::scalar).collect(Collectors.joining(", ", "[", "]"));
  }

  /** As it is where that is text in YAML, else quoted and escaped. */
  static String scalar(String value) {
    if (PLAIN.matcher(value).matches() && !WORD.matcher(value).matches()) {
      return value;
    }
    return value.codePoints().mapToObj(Yaml::escaped).collect(Collectors.joining("", "\"", "\""));
  }

  private static String escaped(int codePoint) {
    if (codePoint == '"' || codePoint == '\\') {
      return "\\" + Character.toString(codePoint);
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          "\\U%08x".formatted(codePoint);
      default -> Character.toString(codePoint);
    };
  }
}
