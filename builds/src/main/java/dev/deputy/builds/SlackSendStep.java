package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.core.Notices.ChatMessage;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code slackSend}: a message to a channel of the configuration's Slack. Where it goes is not the
 * pipeline's to say: addresses and tokens in its arguments have no effect.
 */
final class SlackSendStep implements Step {
  private static final List<String> NOT_ITS_OWN =
      List.of("baseUrl", "teamDomain", "token", "tokenCredentialId");

  @Override
  public StepSignature signature() {
    return Signatures.step("slackSend")
        .optionalValue("message", Kind.STRING)
        .optional(
            Kind.STRING,
            "channel",
            "color",
            "baseUrl",
            "teamDomain",
            "token",
            "tokenCredentialId",
            "iconEmoji",
            "username",
            "timestamp",
            "sendAsText")
        .optional(
            Kind.BOOLEAN,
            "botUser",
            "failOnError",
            "notifyCommitters",
            "replyBroadcast",
            "useSpecificUsers")
        .optional(Kind.ANY, "attachments", "blocks")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    NOT_ITS_OWN.stream()
        .filter(name -> step.filledText(name).isPresent())
        .forEach(name ->
            step.say(
                "WARNING: slackSend: "
                    + name
                    + " has no effect: see notifications in deputy.yaml"));
    String text = step.build().masks().hide(step.optionalText("message").orElse(""));
    Optional<String> channel = step.filledText("channel");
    var message = new ChatMessage(channel, step.filledText("color"), text);
    Optional<String> failure =
        new Notification(step, message).send(channel.orElse("the usual channel"), text);
    failure.ifPresent(reason -> {
      if (step.flag("failOnError", false)) {
        throw new StepFailed(reason);
      }
      step.say("ERROR: " + reason);
    });
    return null;
  }
}
