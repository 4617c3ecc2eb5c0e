package dev.deputy.protocol;

/**
 * What both ends agree on before the first message: version, paths and sizes. Sizes are checked by
 * whoever receives.
 */
public final class Protocol {
  /** Version of the messages; both ends must speak the same one. */
  public static final int VERSION = 1;

  /** Path of the controller's WebSocket, below the controller's base path. */
  public static final String SOCKET_PATH = "/agent/v1";

  /**
   * Path below which one transfer's archive (gzip-compressed tar) is posted by the agent ({@link
   * ControllerMessage.PutFiles}) or fetched by it ({@link ControllerMessage.GetFiles}), with {@code
   * Authorization: Bearer} and the session's token.
   */
  public static final String TRANSFER_PATH = SOCKET_PATH + "/transfers/";

  /** Longest text frame, in characters. */
  public static final int MAX_TEXT = 8 << 20;

  /** Most output bytes in one binary frame. */
  public static final int MAX_CHUNK = 32 << 10;

  /** Longest script of a step, in characters. */
  public static final int MAX_SCRIPT = 1 << 20;

  /** Largest file that travels inside a message, and longest captured output, in bytes. */
  public static final int MAX_CONTENT = 1 << 20;

  /** Longest value of one environment variable, in characters. */
  public static final int MAX_VALUE = 128 << 10;

  /** Most entries of a map or a list. */
  public static final int MAX_ENTRIES = 1000;

  /** Longest name, path, reason and the like, in characters. */
  static final int MAX_NAME = 4096;

  private Protocol() {}
}
