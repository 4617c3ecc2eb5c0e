package dev.deputy.fleet;

import java.io.IOException;

/** One connection of an agent, as the server has it. Thread-safe. */
public interface AgentConnection {
  /**
   * Sends a text frame; returns when it was handed to the network.
   *
   * @throws IOException when it cannot be sent, also when the other end does not take it in time
   */
  void send(String text) throws IOException;

  /** Closes it, without waiting and without an exception. Idempotent. */
  void close(int code, String reason);
}
