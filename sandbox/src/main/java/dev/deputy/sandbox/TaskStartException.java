package dev.deputy.sandbox;

/** A container cannot be started; the message is its reason in ECS's words. */
final class TaskStartException extends Exception {
  private static final long serialVersionUID = 1L;

  TaskStartException(String message) {
    super(message);
  }
}
