package dev.deputy.builds;

import dev.deputy.fleet.Agent;
import java.io.ByteArrayOutputStream;

/**
 * Cuts a step's output into whole lines, hides secrets in them and hands them on. Lines that come
 * whole are handed on without a copy; a line of more than {@value #LONGEST} bytes goes in pieces.
 * What comes after the end (an agent that is slow to stop) is handed on as it is. Thread-safe.
 */
final class StepOutput implements Agent.Output, AutoCloseable {
  private static final int LONGEST = 64 << 10;

  /** Takes whole lines, without secrets. */
  @FunctionalInterface
  interface Target {
    /**
     * @param input how many of the bytes that came in these stand for
     */
    void write(byte[] bytes, int offset, int length, long input);
  }

  private final Masks masks;
  private final Target target;
  private final long received;

  /** The beginning of a line whose end is still to come. */
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  /** How many of the bytes that came in {@link #pending} stands for. */
  private long waiting;

  /** How many of the bytes that came in were handed on. */
  private long handedOn;

  private boolean closed;

  StepOutput(Masks masks, Target target) {
    this(masks, target, 0);
  }

  /**
   * @param received how much of the output was handed on before
   */
  StepOutput(Masks masks, Target target, long received) {
    this.masks = masks;
    this.target = target;
    this.received = received;
  }

  @Override
  public long received() {
    return received;
  }

  @Override
  public synchronized long kept() {
    return received + handedOn;
  }

  @Override
  public synchronized void flush() {
    if (pending.size() > 0) {
      emitPiece();
    }
  }

  @Override
  public void end() {
    close();
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (closed) {
      emit(bytes, offset, length, length);
      return;
    }
    int afterLines = offset + length;
    while (afterLines > offset && bytes[afterLines - 1] != '\n') {
      afterLines--;
    }
    int whole = afterLines - offset;
    if (whole > 0 && pending.size() == 0) {
      emit(bytes, offset, whole, whole);
    } else if (whole > 0) {
      pending.write(bytes, offset, whole);
      byte[] lines = pending.toByteArray();
      pending.reset();
      emit(lines, 0, lines.length, waiting + whole);
      waiting = 0;
    }
    pending.write(bytes, afterLines, length - whole);
    waiting += length - whole;
    if (pending.size() > LONGEST) {
      emitPiece();
    }
  }

  /** Hands on what is left: a last line without an end gets none. */
  @Override
  public synchronized void close() {
    closed = true;
    byte[] rest = pending.toByteArray();
    pending.reset();
    emit(rest, 0, rest.length, waiting);
    waiting = 0;
  }

  /** Hands on the beginning of an overlong line, but no half of a secret or of a letter. */
  private void emitPiece() {
    byte[] line = pending.toByteArray();
    byte[] hidden = masks.hide(line, 0, line.length);
    int cut = wholeLetters(hidden, Math.max(hidden.length - masks.overlap(), 0));
    pending.reset();
    pending.write(hidden, cut, hidden.length - cut);
    if (cut > 0) {
      long left = Math.min(waiting, hidden.length - cut);
      target.write(hidden, 0, cut, waiting - left);
      handedOn += waiting - left;
      waiting = left;
    }
  }

  /** The end of the last UTF-8 letter that ends at or before {@code limit}. */
  private static int wholeLetters(byte[] bytes, int limit) {
    for (int start = limit - 1; start >= Math.max(limit - 3, 0); start--) {
      int b = bytes[start] & 0xFF;
      if (b >= 0xC0) {
        int length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
        return start + length > limit ? start : limit;
      }
      if (b < 0x80) {
        return limit;
      }
    }
    return limit;
  }

  private void emit(byte[] bytes, int offset, int length, long input) {
    if (length == 0) {
      return;
    }
    handedOn += input;
    if (masks.isEmpty()) {
      target.write(bytes, offset, length, input);
      return;
    }
    byte[] hidden = masks.hide(bytes, offset, length);
    target.write(hidden, 0, hidden.length, input);
  }
}
