package dev.deputy.access;

import java.util.Arrays;

/**
 * A pattern over names of jobs or branches: {@code *} stands for any characters but {@code /},
 * {@code **} for any characters at all, also for none; everything else stands for itself, case
 * included. Matching takes time in proportion to the name's length, whatever the pattern.
 * Immutable.
 */
public final class NamePattern {
  private static final int LONGEST = 255;

  /** Stand for the wildcards among the pattern's characters; neither may occur in a pattern. */
  private static final char WITHIN = '\u0001';

  private static final char ACROSS = '\u0002';

  private final String text;
  private final char[] tokens;

  /** What stands before the first wildcard and after the last; all of it, where there is none. */
  private final String prefix;

  private final String suffix;

  private NamePattern(String text, char[] tokens) {
    this.text = text;
    this.tokens = tokens;
    int first = 0;
    while (first < tokens.length && !wildcard(tokens[first])) {
      first++;
    }
    int last = tokens.length;
    while (last > first && !wildcard(tokens[last - 1])) {
      last--;
    }
    prefix = new String(tokens, 0, first);
    suffix = new String(tokens, last, tokens.length - last);
  }

  /**
   * @throws IllegalArgumentException when it is empty, longer than 255 characters or holds white
   *     space or control characters, which no name has
   */
  public static NamePattern of(String text) {
    if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(NamePattern::blank)) {
      throw new IllegalArgumentException(
          "pattern: \""
              + text
              + "\" (expected: 1 to 255 characters, none of them a space or control character)");
    }
    return new NamePattern(
        text, text.replaceAll("\\*{2,}", "\u0002").replace('*', WITHIN).toCharArray());
  }

  private static boolean blank(int character) {
    return Character.isWhitespace(character) || Character.isISOControl(character);
  }

  private static boolean wildcard(char token) {
    return token == WITHIN || token == ACROSS;
  }

  public boolean matches(String name) {
    if (prefix.length() == tokens.length) {
      return name.equals(prefix);
    }
    return name.length() >= prefix.length() + suffix.length()
        && name.startsWith(prefix)
        && name.endsWith(suffix)
        && matchesBetween(name, prefix.length(), name.length() - suffix.length());
  }

  /** Follows all ways through the wildcards at once, so that none is ever tried twice. */
  private boolean matchesBetween(String name, int from, int to) {
    int end = tokens.length - suffix.length();
    if (end - prefix.length() == 1) {
      return tokens[prefix.length()] == ACROSS || name.indexOf('/', from, to) < 0;
    }
    var states = new boolean[end + 1];
    var next = new boolean[end + 1];
    enter(states, prefix.length());
    for (int i = from; i < to; i++) {
      Arrays.fill(next, false);
      for (int state = prefix.length(); state < end; state++) {
        if (states[state]) {
          step(next, state, name.charAt(i));
        }
      }
      boolean[] free = states;
      states = next;
      next = free;
    }
    return states[end];
  }

  private void step(boolean[] next, int state, char c) {
    switch (tokens[state]) {
      case ACROSS -> enter(next, state);
      case WITHIN -> {
        if (c != '/') {
          enter(next, state);
        }
      }
      default -> {
        if (tokens[state] == c) {
          enter(next, state + 1);
        }
      }
    }
  }

  /** A wildcard may stand for nothing, so with it comes what follows it. */
  private void enter(boolean[] states, int from) {
    int state = from;
    states[state] = true;
    while (state < states.length - 1 && wildcard(tokens[state])) {
      states[++state] = true;
    }
  }

  /** As it is written. */
  @Override
  public String toString() {
    return text;
  }
}
