package dev.deputy.sandbox;

import dev.deputy.sandbox.LogGroup.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in a stream from which to read on, never absent; given twice in a row at the end. */
record LogToken(boolean forward, Position position) {
  private static final Pattern FORM = Pattern.compile("([fb])/(\\d{20})(\\d{36})/s");

  static LogToken parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw LogEvents.badToken();
    }
    try {
      return new LogToken(
          text.startsWith("f"),
          new Position(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))));
    } catch (NumberFormatException _) {
      throw LogEvents.badToken();
    }
  }

  @Override
  public String toString() {
    return "%s/%020d%036d/s"
        .formatted(forward ? "f" : "b", position.timestamp(), position.sequence());
  }
}
