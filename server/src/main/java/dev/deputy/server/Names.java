package dev.deputy.server;

import dev.deputy.core.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The names that one section of the file declares and other sections refer to. What a name stands
 * for may be at fault: that is reported where it is, and not once more wherever the name is used.
 */
final class Names<N> {
  private final String expected;
  private final Function<String, N> parse;
  private final Set<String> declared;
  private final boolean complete;

  /**
   * @param expected what a reference has to be, in words
   * @param complete whether {@code declared} is all of them; where the section itself can not be
   *     read it is not, and every reference is believed
   */
  Names(String expected, Function<String, N> parse, Iterable<String> declared, boolean complete) {
    this.expected = expected;
    this.parse = parse;
    this.declared = new TreeSet<>();
    declared.forEach(this.declared::add);
    this.complete = complete;
  }

  /** A reference to one of them; empty where the declared name has a fault itself. */
  Form<Optional<N>> reference() {
    return new Form<>(expected, this::refer);
  }

  /**
   * @throws Form.Rejected where it is none of them
   */
  void require(String text) {
    if (complete && !declared.contains(text)) {
      throw new Form.Rejected(
          Nearest.to(text, declared)
              .map(near -> "did you mean " + near + "?")
              .orElse(
                  declared.isEmpty()
                      ? "there are none"
                      : "there are: " + String.join(", ", List.copyOf(declared))));
    }
  }

  private Optional<N> refer(String text) {
    require(text);
    try {
      return Optional.of(parse.apply(text));
    } catch (IllegalArgumentException e) {
      if (declared.contains(text)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
