package dev.deputy.protocol;

/** How a step's command ended. */
public sealed interface Outcome {
  /**
   * The command ended by itself or by a signal of somebody else.
   *
   * @param status 0 to 255; 128 and the signal's number for a signal
   */
  record Exited(int status) implements Outcome {
    public Exited {
      if (status < 0 || status > 255) {
        throw new IllegalArgumentException("status: " + status + " (expected: 0 to 255)");
      }
    }
  }

  /** The step's time was over; all of its processes were ended. */
  record TimedOut() implements Outcome {}

  /** A {@link ControllerMessage.Cancel} or the end of the session ended all of its processes. */
  record Cancelled() implements Outcome {}

  /**
   * The command never ran.
   *
   * @param reason for people
   */
  record NotStarted(String reason) implements Outcome {}

  /**
   * The agent ended the command because it could not go on with it.
   *
   * @param reason for people, such as too much output
   */
  record Ended(String reason) implements Outcome {}

  /**
   * The command was attempted and its result is not known; it is never run again.
   *
   * @param reason for people
   */
  record Unknown(String reason) implements Outcome {}
}
