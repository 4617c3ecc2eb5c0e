package dev.deputy.agent;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/**
 * Finds many texts in a stream of bytes at once (Aho and Corasick's automaton): secrets, and words
 * that announce one. A state is a number, 0 is the start. Immutable.
 */
final class Patterns {
  private static final int NONE = -1;

  /** What a state says about the bytes that led to it. */
  private static final byte SECRET = 1;

  private static final byte KEY = 2;
  private static final byte ID = 4;
  private static final byte NEAR = 8;
  private static final byte TOKEN = 16;

  private final int[] start = new int[256];
  private final int[] child;
  private final int[] sibling;
  private final int[] fail;
  private final byte[] label;
  private final byte[] found;
  private final int[] longest;
  private final int[] held;
  private int size = 1;

  /**
   * Words that announce a secret.
   *
   * @param keys whose value is one
   * @param ids beginnings of access key ids
   * @param near which may stand in a line with one
   * @param tokens beginnings of session tokens
   */
  record Signs(
      Collection<byte[]> keys,
      Collection<byte[]> ids,
      Collection<byte[]> near,
      Collection<byte[]> tokens) {}

  /**
   * @param secrets what to find with its length
   */
  Patterns(Collection<byte[]> secrets, Signs signs) {
    int capacity =
        1
            + length(secrets)
            + length(signs.keys)
            + length(signs.ids)
            + length(signs.near)
            + length(signs.tokens);
    child = new int[capacity];
    sibling = new int[capacity];
    fail = new int[capacity];
    label = new byte[capacity];
    found = new byte[capacity];
    longest = new int[capacity];
    held = new int[capacity];
    child[0] = NONE;
    sibling[0] = NONE;
    secrets.forEach(this::addSecret);
    signs.keys.forEach(key -> found[add(key, false)] |= KEY);
    signs.ids.forEach(id -> found[add(id, false)] |= ID);
    signs.near.forEach(word -> found[add(word, false)] |= NEAR);
    signs.tokens.forEach(token -> found[add(token, false)] |= TOKEN);
    link();
  }

  private static int length(Collection<byte[]> patterns) {
    return patterns.stream().mapToInt(pattern -> pattern.length).sum();
  }

  private void addSecret(byte[] secret) {
    int end = add(secret, true);
    found[end] |= SECRET;
    longest[end] = secret.length;
  }

  private int add(byte[] pattern, boolean secret) {
    int state = 0;
    for (int i = 0; i < pattern.length; i++) {
      int next = childOf(state, pattern[i]);
      if (next == NONE) {
        next = size++;
        label[next] = pattern[i];
        child[next] = NONE;
        sibling[next] = child[state];
        child[state] = next;
      }
      state = next;
      if (secret) {
        held[state] = i + 1;
      }
    }
    return state;
  }

  private int childOf(int state, byte b) {
    int next = child[state];
    while (next != NONE && label[next] != b) {
      next = sibling[next];
    }
    return next;
  }

  /** Breadth first: a state falls back to the longest end of its text that starts a pattern. */
  private void link() {
    Deque<Integer> queue = new ArrayDeque<>();
    for (int state = child[0]; state != NONE; state = sibling[state]) {
      start[label[state] & 0xff] = state;
      queue.add(state);
    }
    while (!queue.isEmpty()) {
      int parent = queue.remove();
      for (int state = child[parent]; state != NONE; state = sibling[state]) {
        int back = next(fail[parent], label[state]);
        fail[state] = back;
        found[state] |= found[back];
        longest[state] = Math.max(longest[state], longest[back]);
        held[state] = Math.max(held[state], held[back]);
        queue.add(state);
      }
    }
  }

  /** The state after one more byte. */
  int next(int state, byte b) {
    int from = state;
    while (from != 0) {
      int next = childOf(from, b);
      if (next != NONE) {
        return next;
      }
      from = fail[from];
    }
    return start[b & 0xff];
  }

  /** The first index from {@code from} whose byte leaves the start; {@code to} where none does. */
  int skip(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && start[bytes[at] & 0xff] == 0) {
      at++;
    }
    return at;
  }

  /** Whether anything ends here. */
  boolean found(int state) {
    return found[state] != 0;
  }

  /** The length of the longest secret that ends here; 0 for none. */
  int secret(int state) {
    return longest[state];
  }

  /** Whether a word that announces a secret ends here. */
  boolean key(int state) {
    return (found[state] & KEY) != 0;
  }

  /** Whether the beginning of an access key id ends here. */
  boolean id(int state) {
    return (found[state] & ID) != 0;
  }

  /** Whether a word ends here that may stand in a line with a secret. */
  boolean near(int state) {
    return (found[state] & NEAR) != 0;
  }

  /** Whether the beginning of a session token ends here. */
  boolean token(int state) {
    return (found[state] & TOKEN) != 0;
  }

  /** How many of the last bytes may be the beginning of a secret. */
  int held(int state) {
    return held[state];
  }
}
