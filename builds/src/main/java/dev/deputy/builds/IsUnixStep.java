package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import org.jspecify.annotations.Nullable;

/** {@code isUnix}: all agents run Linux. */
final class IsUnixStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("isUnix").onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    step.workplace();
    return true;
  }
}
