package dev.deputy.server;

import dev.deputy.core.Nearest;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a string of a configuration file has to be.
 *
 * @param expected in words, for problems
 * @param parse turns the string into its value; throws IllegalArgumentException where it has
 *     another form, a {@link Rejected} where there is advice to give
 */
record Form<T>(String expected, Function<String, T> parse) {
  private static final Pattern ONE_LINE = Pattern.compile("(?!\\s)\\P{Cntrl}{1,255}(?<!\\s)");

  /** A string that a regular expression matches as a whole. */
  static Form<String> matching(String expected, String regex) {
    return matching(expected, Pattern.compile(regex));
  }

  /** One of these words. */
  static Form<String> oneOf(String... words) {
    List<String> known = List.of(words);
    return new Form<>(
        "one of " + String.join(", ", known),
        text -> {
          if (!known.contains(text)) {
            throw Nearest.to(text, known)
                .<IllegalArgumentException>map(near -> new Rejected("did you mean " + near + "?"))
                .orElseGet(() -> new IllegalArgumentException(text));
          }
          return text;
        });
  }

  /** Text on one line: not blank, no control characters, at most 255 characters. */
  static Form<String> text(String expected) {
    return matching(expected, ONE_LINE);
  }

  /** The same string, turned into something else. */
  <R> Form<R> then(Function<? super T, ? extends R> further) {
    return new Form<>(expected, text -> further.apply(parse.apply(text)));
  }

  private static Form<String> matching(String expected, Pattern pattern) {
    return new Form<>(
        expected,
        text -> {
          if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
          }
          return text;
        });
  }

  /** Thrown by a {@code parse} that has advice to give. */
  static final class Rejected extends IllegalArgumentException {
    private final String hint;

    Rejected(String hint) {
      super(hint);
      this.hint = hint;
    }

    Rejected(String hint, Throwable cause) {
      super(hint, cause);
      this.hint = hint;
    }

    String hint() {
      return hint;
    }
  }
}
