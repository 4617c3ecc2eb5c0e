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

  /** How many characters at the start stand for themselves: all, where there is no wildcard. */
  private final int literal;

  private NamePattern(String text, char[] tokens, int literal) {
    this.text = text;
    this.tokens = tokens;
    this.literal = literal;
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
    char[] tokens = text.replaceAll("\\*{2,}", "\u0002").replace('*', WITHIN).toCharArray();
    int literal = 0;
    while (literal < tokens.length && !wildcard(tokens[literal])) {
      literal++;
    }
    return new NamePattern(text, tokens, literal);
  }

  private static boolean blank(int character) {
    return Character.isWhitespace(character) || Character.isISOControl(character);
  }

  private static boolean wildcard(char token) {
    return token == WITHIN || token == ACROSS;
  }

  public boolean matches(String name) {
    if (!startsLiterally(name)) {
      return false;
    }
    return literal == tokens.length ? name.length() == literal : matchesFrom(name, literal);
  }

  private boolean startsLiterally(String name) {
    if (name.length() < literal) {
      return false;
    }
    for (int i = 0; i < literal; i++) {
      if (name.charAt(i) != tokens[i]) {
        return false;
      }
    }
    return true;
  }

  /** Follows all ways through the pattern at once, so that none is ever tried twice. */
  private boolean matchesFrom(String name, int start) {
    var states = new boolean[tokens.length + 1];
    var next = new boolean[tokens.length + 1];
    enter(states, start);
    for (int i = start; i < name.length(); i++) {
      char c = name.charAt(i);
      Arrays.fill(next, false);
      for (int state = start; state < tokens.length; state++) {
        if (states[state]) {
          step(next, state, c);
        }
      }
      boolean[] free = states;
      states = next;
      next = free;
    }
    return states[tokens.length];
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
    while (state < tokens.length && wildcard(tokens[state])) {
      states[++state] = true;
    }
  }

  /** As it is written. */
  @Override
  public String toString() {
    return text;
  }
}
