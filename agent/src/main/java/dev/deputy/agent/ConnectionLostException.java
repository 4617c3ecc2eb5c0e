package dev.deputy.agent;

import java.io.IOException;

/** The connection to the controller is gone. */
final class ConnectionLostException extends IOException {
  ConnectionLostException(String message) {
    super(message);
  }

  ConnectionLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
