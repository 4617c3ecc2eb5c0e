package dev.deputy.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that somebody probably meant. */
public final class Nearest {
  private static final int FARTHEST = 3;

  private Nearest() {}

  /**
   * The known name with the fewest edits to what was typed, case aside, if they are few enough to
   * be a typing error.
   */
  public static Optional<String> to(String typed, Collection<String> known) {
    int limit = Math.min(FARTHEST, typed.length() / 2);
    return known.stream()
        .filter(name -> Math.abs(name.length() - typed.length()) <= limit)
        .filter(name -> edits(typed, name) <= limit)
        .min(
            Comparator.comparingInt((String name) -> edits(typed, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** The insertions, removals and exchanges of one character that lead from one to the other. */
  private static int edits(String typed, String name) {
    String from = typed.toLowerCase(Locale.ROOT);
    String to = name.toLowerCase(Locale.ROOT);
    var row = new int[to.length() + 1];
    for (int j = 1; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int exchange = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchange, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
