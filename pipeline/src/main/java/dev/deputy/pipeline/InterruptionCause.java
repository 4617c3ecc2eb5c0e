package dev.deputy.pipeline;

/** Why something was interrupted: what {@code FlowInterruptedException.causes} has. */
public sealed interface InterruptionCause {
  /** In words, for the log. */
  String description();

  /**
   * Somebody ended the build.
   *
   * @param by the user's name
   */
  record Aborted(String by) implements InterruptionCause {
    @Override
    public String description() {
      return "Aborted by " + by;
    }
  }

  /**
   * Somebody said no to an {@code input}.
   *
   * @param by the user's name
   */
  record Rejected(String by) implements InterruptionCause {
    @Override
    public String description() {
      return "Rejected by " + by;
    }
  }

  /**
   * A {@code timeout} was over.
   *
   * @param step its number, which tells it from those around it and inside of it
   */
  record TimedOut(int step) implements InterruptionCause {
    @Override
    public String description() {
      return "Timeout has been exceeded";
    }
  }

  /** Another branch of a {@code parallel} that fails fast has failed. */
  record FailedBranch(String name) implements InterruptionCause {
    @Override
    public String description() {
      return "Failed in branch " + name;
    }
  }

  /**
   * A newer build of the job took the place of this one.
   *
   * @param by its number
   */
  record Superseded(int by) implements InterruptionCause {
    @Override
    public String description() {
      return "Superseded by #" + by;
    }
  }

  /** Anything else, which pipeline code can only show. */
  record Other(String description) implements InterruptionCause {}
}
