package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import org.jspecify.annotations.Nullable;

/** {@code echo}. */
final class EchoStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("echo").value("message", Kind.STRING).anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.LOG;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    step.say(step.text("message"));
    return null;
  }
}
