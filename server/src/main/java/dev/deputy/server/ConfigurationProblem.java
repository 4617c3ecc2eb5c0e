package dev.deputy.server;

/**
 * Something wrong in a configuration file.
 *
 * @param line from 1
 * @param column from 1
 * @param key path of the key, such as {@code agents[2].account}; empty for the document itself
 * @param expected what belongs there
 * @param found what stands there
 * @param hint what to do; empty where that is plain
 * @param excerpt the line as it stands in the file
 */
public record ConfigurationProblem(
    String file,
    int line,
    int column,
    String key,
    String expected,
    String found,
    String hint,
    String excerpt) {
  private static final int WIDEST = 120;

  /** One sentence without the place. */
  public String message() {
    String subject = key.isEmpty() ? "" : key + ": ";
    String advice = hint.isEmpty() ? "" : "; " + hint;
    return printable(subject + "expected " + expected + ", found " + found + advice);
  }

  /** Several lines for people: place and message, the source line, a caret. */
  public String format() {
    String number = Integer.toString(line);
    String margin = " ".repeat(number.length());
    int caret =
        excerpt.offsetByCodePoints(
            0, Math.min(column - 1, excerpt.codePointCount(0, excerpt.length())));
    int start = caret < WIDEST ? 0 : caret - WIDEST / 2;
    String shown = excerpt.substring(start, Math.min(excerpt.length(), start + WIDEST));
    String lead = excerpt.substring(start, caret).replaceAll("[^\\t]", " ");
    return file
        + ":"
        + line
        + ":"
        + column
        + ": "
        + message()
        + "\n "
        + number
        + " | "
        + printable(shown)
        + "\n "
        + margin
        + " | "
        + lead
        + "^";
  }

  /** The file is somebody's text: what it holds must not reach a terminal as a command. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\t]]", "\uFFFD");
  }
}
