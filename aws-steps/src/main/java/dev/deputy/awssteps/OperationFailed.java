package dev.deputy.awssteps;

/** An operation did not do what it was asked to; the message is for the pipeline's author. */
final class OperationFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OperationFailed(String message) {
    super(message);
  }
}
