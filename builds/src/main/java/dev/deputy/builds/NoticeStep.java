package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code mail}, {@code emailext}, {@code slackSend}: a notice to people. Nothing is configured to
 * send it with: the log says so, to whom it would have gone and what about, and the build goes on.
 *
 * @param to the parameter with who gets it
 * @param about the parameter with what it is about
 */
record NoticeStep(StepSignature signature, String to, String about) implements Step {
  private static final int LONGEST = 500;

  static NoticeStep mail() {
    return new NoticeStep(
        Signatures.step("mail")
            .required("subject", Kind.STRING)
            .required("body", Kind.STRING)
            .optional(Kind.STRING, "to", "cc", "bcc", "from", "replyTo", "charset", "mimeType")
            .anywhere(),
        "to",
        "subject");
  }

  static NoticeStep emailext() {
    return new NoticeStep(
        Signatures.step("emailext")
            .optional(
                Kind.STRING,
                "subject",
                "body",
                "to",
                "from",
                "replyTo",
                "mimeType",
                "attachmentsPattern",
                "presendScript",
                "postsendScript")
            .optional(Kind.BOOLEAN, "attachLog", "compressLog", "saveOutput")
            .optional(Kind.LIST, "recipientProviders")
            .anywhere(),
        "to",
        "subject");
  }

  static NoticeStep slackSend() {
    return new NoticeStep(
        Signatures.step("slackSend")
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
            .anywhere(),
        "channel",
        "message");
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    Optional<String> receiver = step.filledText(to);
    String subject = step.filledText(about).orElse("");
    step.say(
        "WARNING: %s: nothing is configured to send this with, so it is not sent: to %s: %s"
            .formatted(
                step.name(),
                receiver.orElse("the recipients that Jenkins would find"),
                subject.length() > LONGEST ? subject.substring(0, LONGEST) + "…" : subject));
    return null;
  }
}
