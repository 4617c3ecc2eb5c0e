package dev.deputy.cli;

/** Ends a command with a message for its user and an exit status. */
final class CommandFailed extends RuntimeException {
  private final ExitStatus status;

  CommandFailed(ExitStatus status, String message) {
    super(message);
    this.status = status;
  }

  ExitStatus status() {
    return status;
  }
}
