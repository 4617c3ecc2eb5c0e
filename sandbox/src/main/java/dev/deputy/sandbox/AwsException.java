package dev.deputy.sandbox;

/**
 * A refusal in AWS's words: error code, HTTP status and message, as a client of that service would
 * see them. It carries no stack trace, because it is an answer and not a fault.
 */
final class AwsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;

  AwsException(String code, int status, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  /** A refusal with HTTP status 400, the most common one. */
  static AwsException of(String code, String message) {
    return new AwsException(code, 400, message);
  }

  String code() {
    return code;
  }

  int status() {
    return status;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
