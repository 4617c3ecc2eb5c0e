package dev.deputy.sandbox;

/** A CloudFormation template or its parameters are refused; the message is the answer's text. */
final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TemplateException(String message) {
    super(message);
  }

  /** What is wrong, in CloudFormation's words. */
  String text() {
    return String.valueOf(getMessage());
  }
}
