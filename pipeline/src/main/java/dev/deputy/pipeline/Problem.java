package dev.deputy.pipeline;

/**
 * Something wrong in a pipeline file.
 *
 * @param position where
 * @param message what was found and what was expected, one sentence
 * @param hint what to do; empty where the message says it all
 * @param excerpt the source line at {@code position}, as it stands in the file
 */
public record Problem(Position position, String message, String hint, String excerpt) {
  /**
   * Several lines for people: place and message, the source line, a caret under the column, the
   * hint.
   */
  public String format() {
    String number = Integer.toString(position.line());
    String margin = " ".repeat(number.length());
    String lead =
        excerpt
            .substring(0, Math.min(position.column() - 1, excerpt.length()))
            .replaceAll("[^\\t]", " ");
    String text =
        position + ": " + message + "\n " + number + " | " + excerpt + "\n " + margin + " | " + lead
            + "^";
    return hint.isEmpty() ? text : text + "\n " + margin + "   hint: " + hint;
  }
}
