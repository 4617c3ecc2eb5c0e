package dev.deputy.builds;

import dev.deputy.core.Notices;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a step sends: each notice at most once, also where the controller is killed meanwhile. With
 * the baton, but while it is on its way.
 */
final class Notification {
  private static final int LONGEST = 500;

  /** In place of a failure: nobody knows. */
  private static final String UNKNOWN = "";

  private static final Stored<Delivery> DELIVERY =
      Stored.of(Notification::fields, Notification::read);

  private final StepContext step;

  /** Whether an earlier process may have sent the next one that the journal does not know. */
  private boolean doubtful;

  Notification(StepContext step) {
    this.step = step;
    this.doubtful = step.begunBefore();
  }

  /**
   * What came of a notice.
   *
   * @param failure why it could not be sent; empty where it was sent, nothing is configured to send
   *     it with, or nobody knows
   * @param posted which message it became; empty where nobody says
   */
  record Delivery(Optional<String> failure, Optional<Notices.Posted> posted) {
    static Delivery failed(String why) {
      return new Delivery(Optional.of(why), Optional.empty());
    }
  }

  /**
   * Sends it; what came of it is in the log.
   *
   * @param to for people
   * @param about for people
   */
  Delivery send(Notices.Notice notice, String to, String about) {
    Notices notices = step.build().settings().resources().notices();
    String shown = "to " + to + ": " + shortened(about);
    boolean configured =
        step.note(Stored.of(value -> value, Boolean.TRUE::equals), () -> notices.sends(notice));
    if (!configured) {
      step.say(
          "WARNING: %s: nothing is configured to send this with, so it is not sent: %s"
              .formatted(step.name(), shown));
      return new Delivery(Optional.empty(), Optional.empty());
    }
    boolean known = step.knowsNext();
    // Whoever was killed here may have sent it, but none of those that come after it.
    boolean sentBefore = doubtful && !known;
    doubtful &= known;
    Delivery delivery =
        step.await(
            DELIVERY, () -> sentBefore ? Delivery.failed(UNKNOWN) : attempt(notices, notice));
    if (delivery.failure().filter(UNKNOWN::equals).isPresent()) {
      step.say(
          "WARNING: %s: the controller was started again meanwhile; it may have been sent, and is"
                  .formatted(step.name())
              + " not sent again: "
              + shown);
      return new Delivery(Optional.empty(), Optional.empty());
    }
    if (delivery.failure().isEmpty()) {
      step.say("Sent " + shown);
    }
    return delivery;
  }

  private Delivery attempt(Notices notices, Notices.Notice notice) {
    try {
      return new Delivery(Optional.empty(), notices.send(notice));
    } catch (IOException e) {
      return Delivery.failed(step.name() + ": not sent: " + e.getMessage());
    } catch (RuntimeException e) {
      // Nobody wrote its words for a build's log: they may hold a secret of the configuration.
      return Delivery.failed(step.name() + ": not sent: " + e.getClass().getSimpleName());
    }
  }

  private static Map<String, Object> fields(Delivery delivery) {
    if (delivery.failure().isPresent()) {
      return Map.of("failure", delivery.failure().get());
    }
    return delivery
        .posted()
        .<Map<String, Object>>map(
            posted -> Map.of("channel", posted.channel(), "timestamp", posted.timestamp()))
        .orElse(Map.of());
  }

  private static Delivery read(@Nullable Object stored) {
    Stored.Fields fields = Stored.Fields.of(stored);
    return new Delivery(
        fields.optionalText("failure"),
        fields
            .optionalText("channel")
            .map(channel -> new Notices.Posted(channel, fields.text("timestamp"))));
  }

  private static String shortened(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
