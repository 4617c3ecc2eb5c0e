package dev.deputy.builds;

import java.util.Optional;

/** The folder beside the workspace for what steps need for a while. */
final class Temporary {
  private Temporary() {}

  /** Its absolute path on the agent. */
  static String of(StepContext step) {
    return Optional.ofNullable(step.workplace().environment().get("WORKSPACE_TMP"))
        .orElse(step.workplace().agent().workspace() + "@tmp");
  }
}
