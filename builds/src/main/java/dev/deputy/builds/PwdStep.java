package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import org.jspecify.annotations.Nullable;

/** {@code pwd}: the current directory's absolute path on the agent. */
final class PwdStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("pwd").optional(Kind.BOOLEAN, "tmp").onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    if (step.flag("tmp", false)) {
      return Temporary.of(step);
    }
    return step.workplace().absolute(step.path(""));
  }
}
