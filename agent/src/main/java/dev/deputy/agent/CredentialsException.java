package dev.deputy.agent;

/** Credentials cannot be had; the message says why and holds no secret. */
final class CredentialsException extends RuntimeException {
  CredentialsException(String message) {
    super(message);
  }

  CredentialsException(String message, Throwable cause) {
    super(message, cause);
  }
}
