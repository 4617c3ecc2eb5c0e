package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.core.Notices.Mail;
import dev.deputy.core.Notices.Recipients;
import dev.deputy.pipeline.Change;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code mail}, {@code emailext}: a mail by the configuration's server. With {@code mail} a mail
 * that is not sent fails the step, as in Jenkins; {@code emailext} only says so.
 *
 * @param extended whether it is {@code emailext}
 */
record MailStep(StepSignature signature, boolean extended) implements Step {
  /** The providers whose people are those who committed. */
  private static final Set<String> COMMITTERS =
      Set.of(
          "developers",
          "culprits",
          "DevelopersRecipientProvider",
          "CulpritsRecipientProvider",
          "brokenBuildSuspects",
          "brokenTestsSuspects");

  private static final String NOT_ATTACHED = "a mail has no attachments";
  private static final String NO_SCRIPTS = "a mail is sent as it stands";

  /** More has no list of addresses. */
  private static final int LONGEST = 100_000;

  static MailStep mail() {
    return new MailStep(
        Signatures.step("mail")
            .required("subject", Kind.STRING)
            .required("body", Kind.STRING)
            .optional(Kind.STRING, "to", "cc", "bcc", "from", "replyTo", "charset", "mimeType")
            .anywhere(),
        false);
  }

  static MailStep emailext() {
    return new MailStep(
        Signatures.step("emailext")
            .optional(Kind.STRING, "subject", "body", "to", "from", "replyTo", "mimeType")
            .ignored(NOT_ATTACHED, Kind.STRING, "attachmentsPattern")
            .ignored(NOT_ATTACHED, Kind.BOOLEAN, "attachLog", "compressLog")
            .ignored(NO_SCRIPTS, Kind.STRING, "presendScript", "postsendScript")
            .ignored("a mail is not kept", Kind.BOOLEAN, "saveOutput")
            .optional(Kind.LIST, "recipientProviders")
            .anywhere(),
        true);
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    step.sayIgnored();
    Masks masks = step.build().masks();
    String build = step.build().id().job() + " - Build # " + step.build().id().number();
    String state = step.build().currentBuild().currentResult().name();
    String subject =
        masks.hide(step.filledText("subject").orElse(build + " - " + state)).replaceAll("\\R", " ");
    String body = masks.hide(step.optionalText("body").orElse(build + " - " + state + "\n"));
    Recipients recipients = recipients(step);
    if (recipients.isEmpty()) {
      String nobody = "An attempt to send an e-mail to empty list of recipients, ignored.";
      if (extended) {
        step.say(nobody);
        return null;
      }
      throw new StepFailed("mail: to, cc and bcc are empty (expected: an address in one of them)");
    }
    var mail =
        new Mail(
            recipients,
            step.filledText("from"),
            step.filledText("replyTo"),
            subject,
            body,
            step.text("mimeType", "text/plain").toLowerCase(Locale.ROOT).contains("html"));
    Notification.Delivery delivery = new Notification(step).send(mail, shown(recipients), subject);
    delivery
        .failure()
        .ifPresent(reason -> {
          if (!extended) {
            throw new StepFailed(reason);
          }
          step.say("ERROR: " + reason);
        });
    return null;
  }

  private static String shown(Recipients recipients) {
    List<String> all = new ArrayList<>(recipients.to());
    all.addAll(recipients.cc());
    all.addAll(recipients.bcc());
    return String.join(", ", all);
  }

  private static Recipients recipients(StepContext step) {
    List<String> to = new ArrayList<>();
    List<String> cc = addresses(step, "cc");
    List<String> bcc = addresses(step, "bcc");
    for (String address : addresses(step, "to")) {
      // As Jenkins' plug-in reads it: cc:someone@example.org among those of "to".
      if (address.regionMatches(true, 0, "cc:", 0, 3)) {
        cc.add(address.substring(3));
      } else if (address.regionMatches(true, 0, "bcc:", 0, 4)) {
        bcc.add(address.substring(4));
      } else {
        to.add(address);
      }
    }
    if (step.list("recipientProviders").stream().anyMatch(MailStep::isCommitters)) {
      step.build().changes().stream()
          .map(Change::email)
          .filter(email -> !email.isBlank() && !to.contains(email))
          .distinct()
          .forEach(to::add);
    }
    return new Recipients(to, cc, bcc);
  }

  private static boolean isCommitters(@Nullable Object provider) {
    return provider instanceof Map<?, ?> map
        && COMMITTERS.contains(String.valueOf(map.get("$class")));
  }

  /**
   * Addresses with commas or semicolons between them, not counting those in quotes; where none has
   * a name, as {@code Ann <ann@example.org>} has, blanks will do as in Jenkins.
   */
  private static List<String> addresses(StepContext step, String parameter) {
    String text = step.optionalText(parameter).orElse("");
    if (text.length() > LONGEST) {
      throw new StepFailed(
          "%s: %s: %d characters (expected: at most %d)"
              .formatted(step.name(), parameter, text.length(), LONGEST));
    }
    boolean named = text.indexOf('<') >= 0;
    List<String> addresses = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int at = 0; at <= text.length(); at++) {
      char c = at < text.length() ? text.charAt(at) : ',';
      quoted ^= c == '"';
      boolean between = c == ',' || c == ';' || (!named && Character.isWhitespace(c));
      if (at == text.length() || (between && !quoted)) {
        String address = text.substring(start, at).strip();
        start = at + 1;
        if (!address.isEmpty()) {
          addresses.add(address);
        }
      }
    }
    return addresses;
  }
}
