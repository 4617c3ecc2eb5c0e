package dev.deputy.agent;

import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.Output;

/** An established connection to the controller. Safe for use by many threads. */
interface Link {
  /**
   * Sends a message; returns when it was handed to the network.
   *
   * @throws ConnectionLostException where it is lost; it never comes back
   */
  void send(AgentMessage message) throws ConnectionLostException, InterruptedException;

  /** Sends a piece of output, in the same way. */
  void send(Output output) throws ConnectionLostException, InterruptedException;
}
