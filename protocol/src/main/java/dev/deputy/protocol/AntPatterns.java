package dev.deputy.protocol;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Ant's patterns of file names: {@code ?} and {@code *} within a name, {@code **} for any folders,
 * and a pattern that ends in {@code /} for all below it. Agents and the controller select files by
 * them. No pattern takes longer than the product of its length and the name's: they come from
 * pipelines. Immutable.
 */
public final class AntPatterns {
  private static final String ANY = "**";

  private final List<String[]> includes;
  private final List<String[]> excludes;

  public AntPatterns(List<String> includes, List<String> excludes) {
    this.includes = includes.stream().map(AntPatterns::segments).toList();
    this.excludes = excludes.stream().map(AntPatterns::segments).toList();
  }

  /** Whether a file is included and not excluded; its name relative, with slashes. */
  public boolean match(String name) {
    String[] path = name.split("/", -1);
    return includes.stream().anyMatch(pattern -> matches(pattern, path))
        && excludes.stream().noneMatch(pattern -> matches(pattern, path));
  }

  /** How many names the longest path has that can match; empty where there is no limit. */
  public OptionalInt depth() {
    return includes.stream().anyMatch(pattern -> List.of(pattern).contains(ANY))
        ? OptionalInt.empty()
        : OptionalInt.of(includes.stream().mapToInt(pattern -> pattern.length).max().orElse(0));
  }

  private static String[] segments(String ant) {
    String pattern = ant.startsWith("./") ? ant.substring(2) : ant;
    return (pattern.endsWith("/") ? pattern + ANY : pattern).split("/", -1);
  }

  private static boolean matches(String[] pattern, String[] path) {
    return matches(
        pattern.length,
        at -> pattern[at].equals(ANY),
        path.length,
        (at, name) -> matches(pattern[at], path[name]));
  }

  private static boolean matches(String glob, String name) {
    return matches(
        glob.length(),
        at -> glob.charAt(at) == '*',
        name.length(),
        (at, i) -> glob.charAt(at) == '?' || glob.charAt(at) == name.charAt(i));
  }

  /** Whether one part of a pattern stands for one part of what is matched. */
  @FunctionalInterface
  private interface Fit {
    boolean at(int pattern, int text);
  }

  /**
   * Parts of a pattern against those of a text: whatever the last wildcard took takes one part more
   * where the rest does not match.
   */
  private static boolean matches(int patterns, IntPredicate wildcard, int texts, Fit fit) {
    int at = 0;
    int last = -1;
    int taken = 0;
    for (int text = 0; text < texts; ) {
      if (at < patterns && wildcard.test(at)) {
        last = at++;
        taken = text;
      } else if (at < patterns && fit.at(at, text)) {
        at++;
        text++;
      } else if (last >= 0) {
        at = last + 1;
        text = ++taken;
      } else {
        return false;
      }
    }
    while (at < patterns && wildcard.test(at)) {
      at++;
    }
    return at == patterns;
  }
}
