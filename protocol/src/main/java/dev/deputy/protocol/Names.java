package dev.deputy.protocol;

/** The shape of ids: they become file names and parts of URLs as they are. */
final class Names {
  private static final int MAX_ID = 64;

  private Names() {}

  static void requireId(String what, String value) {
    boolean good = !value.isEmpty() && value.length() <= MAX_ID && value.charAt(0) != '.';
    for (int i = 0; good && i < value.length(); i++) {
      char c = value.charAt(i);
      good =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_'
              || c == '.';
    }
    if (!good) {
      throw new IllegalArgumentException(
          what
              + ": "
              + (value.length() > MAX_ID ? value.length() + " characters" : '"' + value + '"')
              + " (expected: 1 to 64 letters, digits, '-', '_' or '.', not starting with '.')");
    }
  }
}
