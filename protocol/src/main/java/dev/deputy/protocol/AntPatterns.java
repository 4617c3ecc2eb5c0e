package dev.deputy.protocol;

import java.util.List;
import java.util.OptionalInt;

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

  /** Whatever {@code **} took last takes one name more where the rest does not match. */
  private static boolean matches(String[] pattern, String[] path) {
    int at = 0;
    int any = -1;
    int taken = 0;
    for (int name = 0; name < path.length; ) {
      if (at < pattern.length && pattern[at].equals(ANY)) {
        any = at++;
        taken = name;
      } else if (at < pattern.length && matches(pattern[at], path[name])) {
        at++;
        name++;
      } else if (any >= 0) {
        at = any + 1;
        name = ++taken;
      } else {
        return false;
      }
    }
    while (at < pattern.length && pattern[at].equals(ANY)) {
      at++;
    }
    return at == pattern.length;
  }

  /** The same of one name and its characters, with {@code *}. */
  private static boolean matches(String glob, String name) {
    int at = 0;
    int star = -1;
    int taken = 0;
    for (int i = 0; i < name.length(); ) {
      if (at < glob.length() && glob.charAt(at) == '*') {
        star = at++;
        taken = i;
      } else if (at < glob.length()
          && (glob.charAt(at) == '?' || glob.charAt(at) == name.charAt(i))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++taken;
      } else {
        return false;
      }
    }
    while (at < glob.length() && glob.charAt(at) == '*') {
      at++;
    }
    return at == glob.length();
  }
}
