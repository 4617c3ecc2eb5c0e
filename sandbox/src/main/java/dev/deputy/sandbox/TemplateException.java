package dev.deputy.sandbox;

/** A CloudFormation template or its parameters are refused; the message is the answer's text. */
final class TemplateException extends RuntimeException {
  TemplateException(String message) {
    super(message);
  }
}
