package dev.deputy.builds;

import dev.deputy.core.Notices;
import java.io.IOException;
import java.util.Optional;

/**
 * A notice of a step on its way: sent at most once, also where the controller is killed meanwhile.
 */
record Notification(StepContext step, Notices.Notice notice) {
  private static final int LONGEST = 500;

  /** In place of a failure: nobody knows. */
  private static final String UNKNOWN = "";

  /**
   * Sends it; what came of it is in the log.
   *
   * @param to for people
   * @param about for people
   * @return why it could not be sent; empty where it was sent, nothing is configured to send it
   *     with, or nobody knows
   */
  Optional<String> send(String to, String about) {
    Notices notices = step.build().settings().resources().notices();
    String shown = "to " + to + ": " + shortened(about);
    boolean configured =
        step.note(Stored.of(value -> value, Boolean.TRUE::equals), () -> notices.sends(notice));
    if (!configured) {
      step.say(
          "WARNING: %s: nothing is configured to send this with, so it is not sent: %s"
              .formatted(step.name(), shown));
      return Optional.empty();
    }
    // Whoever was killed here may have sent it.
    boolean sentBefore = step.begunBefore() && !step.knowsNext();
    Optional<String> failure =
        step.await(
            Stored.optional(Stored.text()),
            () -> sentBefore ? Optional.of(UNKNOWN) : attempt(notices));
    if (failure.isPresent() && failure.get().equals(UNKNOWN)) {
      step.say(
          "WARNING: %s: the controller was started again meanwhile; it may have been sent, and is"
                  .formatted(step.name())
              + " not sent again: "
              + shown);
      return Optional.empty();
    }
    if (failure.isEmpty()) {
      step.say("Sent " + shown);
    }
    return failure;
  }

  private Optional<String> attempt(Notices notices) {
    try {
      notices.send(notice);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(step.name() + ": not sent: " + e.getMessage());
    }
  }

  private static String shortened(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
