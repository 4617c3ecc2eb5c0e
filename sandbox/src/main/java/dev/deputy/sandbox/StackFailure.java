package dev.deputy.sandbox;

/** A stack could not be brought to what its plan says; the message is the stack's reason. */
final class StackFailure extends Exception {
  private static final long serialVersionUID = 1L;

  StackFailure(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  /** What a service refused, as CloudFormation hands it on. */
  static String handlerMessage(AwsException refusal) {
    return "Resource handler returned message: \"%s (Status Code: %d)\" (HandlerErrorCode: %s)"
        .formatted(refusal.text(), refusal.status(), refusal.code());
  }
}
