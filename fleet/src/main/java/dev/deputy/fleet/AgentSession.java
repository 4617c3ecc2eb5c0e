package dev.deputy.fleet;

import java.nio.ByteBuffer;

/**
 * The fleet's end of one connection. The server calls it for one frame at a time and waits for its
 * return: that is the back-pressure. Nothing is ever thrown.
 */
public interface AgentSession {
  void onText(String text);

  /**
   * @param frame not used after the return
   */
  void onBinary(ByteBuffer frame);

  /** The connection's end, whoever ended it; at least once, perhaps during another call. */
  void onClosed();
}
