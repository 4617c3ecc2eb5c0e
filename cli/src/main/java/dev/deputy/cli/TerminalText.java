package dev.deputy.cli;

import java.util.regex.Pattern;

/**
 * What may go to a person's terminal: text of builds is untrusted and must not move the cursor, set
 * the title, or show itself in another order than it was written.
 */
final class TerminalText {
  private static final Pattern COLOUR = Pattern.compile("\\u001B\\[[0-9;]{0,32}m");

  private TerminalText() {}

  /**
   * The line without control characters; tabs stay, and so do colours where {@code colours} says
   * so.
   */
  static String safe(String line, boolean colours) {
    if (line.chars().noneMatch(TerminalText::control)) {
      return line;
    }
    StringBuilder safe = new StringBuilder(line.length());
    var colour = COLOUR.matcher(line);
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\u001B' && colour.region(i, line.length()).lookingAt()) {
        if (colours) {
          safe.append(colour.group());
        }
        i = colour.end() - 1;
      } else if (!control(c)) {
        safe.append(c);
      }
    }
    return colours ? safe.append("\u001B[0m").toString() : safe.toString();
  }

  private static boolean control(int c) {
    return Character.isISOControl(c) ? c != '\t' : reorders(c);
  }

  /** Unicode's directional embeddings, overrides and isolates, and its line ends. */
  private static boolean reorders(int c) {
    return (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }
}
