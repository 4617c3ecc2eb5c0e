package dev.deputy.protocol;

/**
 * Messages as text frames: JSON objects whose {@code type} is the message's name starting in lower
 * case. Strict: a type, field or value that this version does not know is refused. Safe for use by
 * many threads.
 */
public final class Codec {
  private static final SealedCodec<ControllerMessage> CONTROLLER =
      new SealedCodec<>("controller message", ControllerMessage.class);
  private static final SealedCodec<AgentMessage> AGENT =
      new SealedCodec<>("agent message", AgentMessage.class);

  private Codec() {}

  /**
   * The text frame.
   *
   * @throws ProtocolException where it is too long to be sent
   */
  public static String encode(ControllerMessage message) {
    return text(CONTROLLER, message);
  }

  /**
   * The text frame.
   *
   * @throws ProtocolException where it is too long to be sent
   */
  public static String encode(AgentMessage message) {
    return text(AGENT, message);
  }

  /**
   * Reads what a controller sent.
   *
   * @throws ProtocolException naming what is wrong, without repeating values
   */
  public static ControllerMessage controllerMessage(String frame) {
    return read(CONTROLLER, frame);
  }

  /**
   * Reads what an agent sent.
   *
   * @throws ProtocolException naming what is wrong, without repeating values
   */
  public static AgentMessage agentMessage(String frame) {
    return read(AGENT, frame);
  }

  private static <T> String text(SealedCodec<T> codec, T message) {
    String frame = Json.text(codec.write(message));
    requireSize(frame);
    return frame;
  }

  private static <T> T read(SealedCodec<T> codec, String frame) {
    requireSize(frame);
    return codec.read(Json.object(frame));
  }

  private static void requireSize(String frame) {
    if (frame.length() > Protocol.MAX_TEXT) {
      throw new ProtocolException("frame is longer than " + Protocol.MAX_TEXT + " characters");
    }
  }
}
