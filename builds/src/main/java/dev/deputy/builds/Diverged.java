package dev.deputy.builds;

/**
 * A run that is repeated from its journal does something else than the journal says, so the build
 * can not go on. Nothing in a pipeline can catch it.
 */
final class Diverged extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what differs
   */
  Diverged(String message) {
    super(message);
  }
}
