package dev.deputy.builds;

import java.util.List;

/** Steps around places, other builds and what builds share. */
final class ControlSteps {
  private ControlSteps() {}

  static List<Step> all() {
    return List.of(
        MailStep.mail(),
        MailStep.emailext(),
        new SlackSendStep(),
        new HttpRequestStep(),
        new BuildStep(),
        new LockStep(),
        new MilestoneStep(),
        new WsStep(),
        new ToolStep(),
        new NodesByLabelStep(),
        new PwshStep(),
        new TouchStep(),
        new DigestStep("md5"),
        new DigestStep("sha1"),
        new DigestStep("sha256"),
        new PrependToFileStep());
  }
}
