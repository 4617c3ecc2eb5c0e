package dev.deputy.pipeline;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody probably meant. */
final class Suggestion {
  /** Nobody means a name this long. */
  private static final int LONGEST = 50;

  private Suggestion() {}

  /** The name nearest to the given one, if it is near enough to be a slip. */
  static Optional<String> among(String name, Collection<String> names) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    int allowed = Math.max(1, name.length() / 3);
    return names.stream()
        .filter(candidate -> distance(name, candidate) <= allowed)
        .min(
            Comparator.comparingInt((String candidate) -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** As a hint; empty where nothing is near. */
  static String hint(String name, Collection<String> names) {
    return among(name, names).map(near -> "did you mean '" + near + "'?").orElse("");
  }

  /** Letters to add, leave out, change or swap with their neighbour. */
  private static int distance(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        cost[i][j] =
            Math.min(
                cost[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
