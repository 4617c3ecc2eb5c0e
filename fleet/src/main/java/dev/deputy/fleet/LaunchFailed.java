package dev.deputy.fleet;

import dev.deputy.core.FailureClass;

/** No agent for a need; the message is for the build's owner and carries AWS's own reason. */
public final class LaunchFailed extends Exception {
  private final FailureClass kind;

  public LaunchFailed(FailureClass kind, String message) {
    super(message);
    this.kind = kind;
  }

  public FailureClass kind() {
    return kind;
  }
}
