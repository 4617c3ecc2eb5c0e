package dev.deputy.builds;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * References to secrets in values of null, booleans, numbers, texts, lists and maps. A text that
 * holds secrets becomes an object with the one key {@value #TEXT} and a list of its pieces, each a
 * text or the SHA-256 of a secret as the object {@code {"secret": …}}.
 */
final class References {
  private static final String TEXT = "$text";
  private static final String SECRET = "secret";

  private References() {}

  /**
   * @param secrets longest first
   */
  static @Nullable Object refer(@Nullable Object value, List<String> secrets) {
    return switch (value) {
      case String text -> refer(text, secrets);
      case null, default -> copy(value, item -> refer(item, secrets));
    };
  }

  /** The same list or map of other items; what is neither, as it is. */
  private static @Nullable Object copy(@Nullable Object value, Item other) {
    return switch (value) {
      case List<?> items -> {
        var copy = new ArrayList<@Nullable Object>();
        items.forEach(item -> copy.add(other.of(item)));
        yield copy;
      }
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<Object, @Nullable Object>();
        map.forEach((key, item) -> copy.put(key, other.of(item)));
        yield copy;
      }
      case null, default -> value;
    };
  }

  /** What stands in place of an item. */
  @FunctionalInterface
  private interface Item {
    @Nullable Object of(@Nullable Object item);
  }

  private static Object refer(String text, List<String> secrets) {
    var pieces = new ArrayList<Object>();
    int kept = 0;
    for (int at = 0; at < text.length(); ) {
      String found = at(text, at, secrets);
      if (found.isEmpty()) {
        at++;
        continue;
      }
      if (at > kept) {
        pieces.add(text.substring(kept, at));
      }
      pieces.add(Map.of(SECRET, Digests.hex(found)));
      at += found.length();
      kept = at;
    }
    if (pieces.isEmpty()) {
      return text;
    }
    if (kept < text.length()) {
      pieces.add(text.substring(kept));
    }
    return Map.of(TEXT, pieces);
  }

  private static String at(String text, int at, List<String> secrets) {
    for (String secret : secrets) {
      if (text.startsWith(secret, at)) {
        return secret;
      }
    }
    return "";
  }

  /**
   * @throws Diverged where none of the secrets is the one referred to
   */
  static @Nullable Object resolve(@Nullable Object value, Supplier<List<String>> secrets) {
    return switch (value) {
      case Map<?, ?> map when map.size() == 1 && map.get(TEXT) instanceof List<?> pieces -> {
        var text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece(piece, secrets)));
        yield text.toString();
      }
      case null, default -> copy(value, item -> resolve(item, secrets));
    };
  }

  private static String piece(Object piece, Supplier<List<String>> secrets) {
    if (!(piece instanceof Map<?, ?> reference)) {
      return piece.toString();
    }
    return secrets.get().stream()
        .filter(secret -> Digests.hex(secret).equals(reference.get(SECRET)))
        .findFirst()
        .orElseThrow(() -> new Diverged("a secret that the build used then has another value now"));
  }
}
