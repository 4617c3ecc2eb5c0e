package dev.deputy.builds;

import dev.deputy.fleet.Agent;
import java.io.ByteArrayOutputStream;

/**
 * Cuts a step's output into whole lines, hides secrets in them and hands them on. Lines that come
 * whole are handed on without a copy; a line of more than {@value #LONGEST} bytes goes in pieces.
 * Not thread-safe: a step prints one piece after the other.
 */
final class StepOutput implements Agent.Output, AutoCloseable {
  private static final int LONGEST = 64 << 10;

  private final Masks masks;
  private final Agent.Output target;

  /** The beginning of a line whose end is still to come. */
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  StepOutput(Masks masks, Agent.Output target) {
    this.masks = masks;
    this.target = target;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int afterLines = offset + length;
    while (afterLines > offset && bytes[afterLines - 1] != '\n') {
      afterLines--;
    }
    int whole = afterLines - offset;
    if (whole > 0 && pending.size() == 0) {
      emit(bytes, offset, whole);
    } else if (whole > 0) {
      pending.write(bytes, offset, whole);
      byte[] lines = pending.toByteArray();
      pending.reset();
      emit(lines, 0, lines.length);
    }
    pending.write(bytes, afterLines, length - whole);
    if (pending.size() > LONGEST) {
      emitPiece();
    }
  }

  /** Hands on what is left: a last line without an end gets none. */
  @Override
  public void close() {
    byte[] rest = pending.toByteArray();
    pending.reset();
    emit(rest, 0, rest.length);
  }

  /** Hands on the beginning of an overlong line, but nothing that may be half a secret or letter. */
  private void emitPiece() {
    byte[] line = pending.toByteArray();
    byte[] hidden = masks.hide(line, 0, line.length);
    int cut = hidden.length - masks.overlap();
    while (cut > 0 && cut < hidden.length && (hidden[cut] & 0xC0) == 0x80) {
      cut--;
    }
    cut = cut == hidden.length ? afterLastLetter(hidden) : cut;
    pending.reset();
    if (cut > 0) {
      target.write(hidden, 0, cut);
    }
    pending.write(hidden, Math.max(cut, 0), hidden.length - Math.max(cut, 0));
  }

  /** Where a UTF-8 letter that is still incomplete begins, else the end. */
  private static int afterLastLetter(byte[] bytes) {
    for (int back = 1; back <= Math.min(3, bytes.length); back++) {
      int b = bytes[bytes.length - back] & 0xFF;
      if (b >= 0xC0) {
        int needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
        return back < needed ? bytes.length - back : bytes.length;
      }
      if (b < 0x80) {
        break;
      }
    }
    return bytes.length;
  }

  private void emit(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    if (masks.isEmpty()) {
      target.write(bytes, offset, length);
      return;
    }
    byte[] hidden = masks.hide(bytes, offset, length);
    target.write(hidden, 0, hidden.length);
  }
}
