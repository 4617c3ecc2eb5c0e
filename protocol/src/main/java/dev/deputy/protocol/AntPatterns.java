package dev.deputy.protocol;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Ant's patterns of file names: {@code ?} and {@code *} within a name, {@code **} for any folders,
 * and a pattern that ends in {@code /} for all below it. Agents select files by them. Immutable.
 */
public final class AntPatterns {
  private final List<Pattern> includes;
  private final List<Pattern> excludes;

  public AntPatterns(List<String> includes, List<String> excludes) {
    this.includes = includes.stream().map(AntPatterns::compile).toList();
    this.excludes = excludes.stream().map(AntPatterns::compile).toList();
  }

  /** Whether a file is included and not excluded; its name relative, with slashes. */
  public boolean match(String name) {
    return includes.stream().anyMatch(pattern -> pattern.matcher(name).matches())
        && excludes.stream().noneMatch(pattern -> pattern.matcher(name).matches());
  }

  private static Pattern compile(String ant) {
    String pattern = ant.startsWith("./") ? ant.substring(2) : ant;
    if (pattern.endsWith("/")) {
      pattern += "**";
    }
    StringBuilder regex = new StringBuilder();
    String[] names = pattern.split("/", -1);
    for (int i = 0; i < names.length; i++) {
      boolean last = i == names.length - 1;
      if (names[i].equals("**")) {
        regex.append(last ? ".*" : "(?:[^/]+/)*");
      } else {
        name(names[i], regex);
        if (!last) {
          boolean tail = i == names.length - 2 && names[i + 1].equals("**");
          if (tail) {
            return Pattern.compile(regex.append("(?:/.*)?").toString(), Pattern.DOTALL);
          }
          regex.append('/');
        }
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static void name(String glob, StringBuilder regex) {
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
  }
}
