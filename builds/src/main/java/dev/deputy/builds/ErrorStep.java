package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import org.jspecify.annotations.Nullable;

/** {@code error}: fails with a message. */
final class ErrorStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("error").optionalValue("message", Kind.STRING).anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.LOG;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    throw new StepFailed(step.optionalText("message").orElse(""));
  }
}
