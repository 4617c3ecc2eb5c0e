package dev.deputy.protocol;

/** The other end sent something that the protocol does not know; the message names it. */
public final class ProtocolException extends RuntimeException {
  /** Names the message and the field, never a value. */
  public ProtocolException(String message) {
    super(message);
  }
}
