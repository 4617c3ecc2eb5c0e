package dev.deputy.sandbox;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A refusal in AWS's words: error code, HTTP status and message, as a client of that service would
 * see them. It carries no stack trace, because it is an answer and not a fault.
 */
final class AwsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;
  private final transient ObjectNode details;

  AwsException(String code, int status, String message) {
    this(code, status, message, JsonNodeFactory.instance.objectNode());
  }

  private AwsException(String code, int status, String message, ObjectNode details) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
    this.details = details;
  }

  /** A refusal with HTTP status 400, the most common one. */
  static AwsException of(String code, String message) {
    return new AwsException(code, 400, message);
  }

  /** The same refusal with members beside code and message, for AWS JSON. */
  AwsException with(ObjectNode members) {
    return new AwsException(code, status, text(), members);
  }

  /** The members beside code and message; not to be changed. */
  ObjectNode details() {
    return details;
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
