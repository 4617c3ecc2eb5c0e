package dev.deputy.agent;

/** The agent cannot do its work in this task; the message says what to change. */
final class StartException extends RuntimeException {
  StartException(String message) {
    super(message);
  }
}
