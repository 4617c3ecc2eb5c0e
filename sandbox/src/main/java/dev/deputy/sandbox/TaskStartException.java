package dev.deputy.sandbox;

/** A container cannot be started; the message says why. */
final class TaskStartException extends Exception {
  private static final long serialVersionUID = 1L;

  TaskStartException(String message) {
    super(message);
  }

  /** Why, in ECS's words. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
