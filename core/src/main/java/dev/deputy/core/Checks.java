package dev.deputy.core;

import java.util.regex.Pattern;

/**
 * Checks of the vocabulary's own types; the messages name the value's kind, what was expected and
 * what was found.
 */
final class Checks {
  private Checks() {}

  static String matches(String what, String value, Pattern pattern, String expected) {
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(what + ": \"" + value + "\" (expected: " + expected + ")");
    }
    return value;
  }
}
