package dev.deputy.builds;

import dev.deputy.pipeline.StepSignature.Literals;
import java.util.Arrays;
import java.util.Optional;

/** Arguments that are one of an enum's words, whatever the case. */
final class Choices {
  private Choices() {}

  /**
   * @throws IllegalArgumentException where it is none of them; the message has all
   */
  static <E extends Enum<E>> E parse(Class<E> words, String text) {
    E[] all = words.getEnumConstants();
    return Arrays.stream(all)
        .filter(word -> word.name().equalsIgnoreCase(text.strip()))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "\"" + text + "\" (expected: one of " + Arrays.toString(all) + ")"));
  }

  /** Refuses what is none of them; blank text is as good as no argument. */
  static <E extends Enum<E>> Literals literals(Class<E> words) {
    return value -> {
      if (value instanceof String text && text.isBlank()) {
        return Optional.empty();
      }
      try {
        parse(words, value.toString());
        return Optional.empty();
      } catch (IllegalArgumentException e) {
        return Optional.ofNullable(e.getMessage());
      }
    };
  }
}
