package dev.deputy.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a long list.
 *
 * @param next the token that asks for the rest; absent at the end
 */
record Page<T>(List<T> items, Optional<String> next) {
  /**
   * Cuts a page out of a list.
   *
   * @param key unique for each item
   * @param order of the keys, by which the list is sorted
   * @param token what an earlier page gave as {@link #next}
   * @throws IllegalArgumentException when the token was not given by a page
   */
  static <T> Page<T> of(
      List<T> sorted,
      Function<T, String> key,
      Comparator<String> order,
      Optional<String> token,
      int size) {
    Optional<String> last = token.map(Page::decode);
    List<T> rest =
        sorted.stream()
            .filter(item -> last.isEmpty() || order.compare(key.apply(item), last.get()) > 0)
            .toList();
    if (rest.size() <= size) {
      return new Page<>(rest, Optional.empty());
    }
    List<T> items = rest.subList(0, size);
    return new Page<>(items, Optional.of(encode(key.apply(items.getLast()))));
  }

  private static String encode(String key) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
  }

  private static String decode(String token) {
    return new String(Base64.getUrlDecoder().decode(token), UTF_8);
  }
}
