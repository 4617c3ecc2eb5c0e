package dev.deputy.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * A piece of a step's output, masked. In its binary frame: version (1 byte), length of the step's
 * id (1 byte), the id, seq (8 bytes, big endian), offset (8 bytes), and the rest is output.
 *
 * @param seq counts a step's pieces from 1 without gaps; its {@link AgentMessage.Exit} comes next
 * @param offset of the first byte in the step's output
 * @param bytes 1 to {@link Protocol#MAX_CHUNK}
 */
public record Output(StepId step, long seq, long offset, ByteBuffer bytes) {
  private static final int FIXED = 1 + 1 + 8 + 8;

  public Output {
    if (seq < 1) {
      throw new IllegalArgumentException("seq: " + seq + " (expected: >= 1)");
    }
    if (offset < 0) {
      throw new IllegalArgumentException("offset: " + offset + " (expected: >= 0)");
    }
    if (!bytes.hasRemaining() || bytes.remaining() > Protocol.MAX_CHUNK) {
      throw new IllegalArgumentException(
          "bytes: " + bytes.remaining() + " (expected: 1 to " + Protocol.MAX_CHUNK + ")");
    }
    bytes = bytes.asReadOnlyBuffer();
  }

  /** The bytes, with a position of the caller's own. */
  @Override
  public ByteBuffer bytes() {
    return bytes.duplicate();
  }

  /** The binary frame, ready to be read. */
  public ByteBuffer encode() {
    byte[] id = step.value().getBytes(US_ASCII);
    ByteBuffer frame = ByteBuffer.allocate(FIXED + id.length + bytes.remaining());
    frame.put((byte) Protocol.VERSION).put((byte) id.length).put(id);
    return frame.putLong(seq).putLong(offset).put(bytes()).flip();
  }

  /**
   * Reads a binary frame; the output's bytes are a view of it.
   *
   * @throws ProtocolException for anything that {@link #encode} does not make
   */
  public static Output decode(ByteBuffer frame) {
    ByteBuffer in = frame.slice();
    if (in.remaining() < FIXED) {
      throw new ProtocolException("output: frame of " + in.remaining() + " bytes");
    }
    int version = in.get();
    if (version != Protocol.VERSION) {
      throw new ProtocolException("output: unknown version " + version);
    }
    int length = Byte.toUnsignedInt(in.get());
    if (in.remaining() < length + 16) {
      throw new ProtocolException("output: frame is cut short");
    }
    byte[] id = new byte[length];
    in.get(id);
    try {
      StepId step = new StepId(new String(id, US_ASCII));
      return new Output(step, in.getLong(), in.getLong(), in.slice());
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("output: " + e.getMessage());
    }
  }
}
