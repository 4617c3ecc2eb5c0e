package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Replaces secrets in a stream of bytes by {@code ****}: those known, and those that a {@link
 * ShapeScanner} recognises, which are known from then on. Releases at once all that cannot be the
 * beginning of a secret, so that output stays live; how the stream is cut into pieces does not
 * matter. For one thread.
 */
final class Masker {
  private static final byte[] MASK = "****".getBytes(US_ASCII);

  private final Secrets secrets;
  private final Sink sink;
  private final ShapeScanner shapes = new ShapeScanner(this::found);
  private final NavigableMap<Long, Long> masked = new TreeMap<>(); // from, to: apart, ahead of base
  private Patterns patterns;
  private int state;
  private byte[] window = new byte[16 << 10];
  private long base; // offset of the window's first byte, the first that is not released
  private int at; // bytes of the window that were looked at
  private int end; // bytes in the window
  private boolean lastWasMask;
  private boolean anyMask;

  Masker(Secrets secrets, Sink sink) {
    this.secrets = secrets;
    this.sink = sink;
    this.patterns = secrets.patterns();
  }

  /** Where masked bytes go. */
  interface Sink {
    void write(byte[] bytes, int from, int length) throws IOException;
  }

  /** Takes more of the stream. */
  void accept(byte[] bytes, int length) throws IOException {
    if (window.length - end < length) {
      window = Arrays.copyOf(window, Math.max(2 * window.length, end + length));
    }
    System.arraycopy(bytes, 0, window, end, length);
    end += length;
    scan();
    release(Math.min(base + end - patterns.held(state), shapes.hold(base + end)));
  }

  /** The stream ends; releases what is left. */
  void finish() throws IOException {
    shapes.end(base + end);
    relearn();
    release(base + end);
  }

  /** Whether anything was masked so far. */
  boolean masked() {
    return anyMask;
  }

  private void scan() {
    relearn();
    while (at < end) {
      boolean watched = shapes.active();
      if (state == 0 && !watched) {
        at = patterns.skip(window, at, end);
        if (at == end) {
          return;
        }
      }
      if (watched) {
        shapes.accept(window[at], base + at);
        relearn();
      }
      state = patterns.next(state, window[at]);
      at++;
      if (patterns.found(state)) {
        matched();
      }
    }
  }

  private void matched() {
    if (patterns.key(state)) {
      shapes.key();
    } else if (patterns.token(state)) {
      shapes.token(base + at);
    } else if (patterns.id(state)) {
      shapes.id(base + at);
    } else if (patterns.near(state)) {
      shapes.near();
    }
    if (patterns.secret(state) > 0) {
      mask(base + at - patterns.secret(state), base + at);
    }
  }

  /** Where there are new secrets, looks for them in all that is not released. */
  private void relearn() {
    Patterns now = secrets.patterns();
    if (now != patterns) {
      patterns = now;
      state = 0;
      for (int i = 0; i < at; i++) {
        state = patterns.next(state, window[i]);
        if (patterns.secret(state) > 0) {
          mask(base + i + 1 - patterns.secret(state), base + i + 1);
        }
      }
    }
  }

  private void found(long from, long to, boolean whole) {
    mask(from, to);
    if (whole) {
      secrets.learnSeen(
          Arrays.copyOfRange(window, Math.toIntExact(from - base), Math.toIntExact(to - base)));
    }
  }

  private void mask(long from, long to) {
    long first = Math.max(from, base);
    long last = to;
    Map.Entry<Long, Long> before = masked.floorEntry(first);
    if (before != null && before.getValue() >= first) {
      first = before.getKey();
    }
    Map.Entry<Long, Long> next = masked.ceilingEntry(first);
    while (next != null && next.getKey() <= last) {
      last = Math.max(last, next.getValue());
      masked.remove(next.getKey());
      next = masked.higherEntry(first);
    }
    masked.put(first, last);
  }

  private void release(long limit) throws IOException {
    long from = base;
    while (!masked.isEmpty() && masked.firstKey() < limit) {
      Map.Entry<Long, Long> range = masked.pollFirstEntry();
      write(from, range.getKey());
      if (!lastWasMask) {
        sink.write(MASK, 0, MASK.length);
        lastWasMask = true;
        anyMask = true;
      }
      from = Math.min(range.getValue(), limit);
      if (range.getValue() > limit) {
        masked.put(limit, range.getValue());
      }
    }
    write(from, limit);
    int released = Math.toIntExact(limit - base);
    System.arraycopy(window, released, window, 0, end - released);
    base = limit;
    at -= released;
    end -= released;
  }

  private void write(long from, long to) throws IOException {
    if (to > from) {
      sink.write(window, Math.toIntExact(from - base), Math.toIntExact(to - from));
      lastWasMask = false;
    }
  }
}
