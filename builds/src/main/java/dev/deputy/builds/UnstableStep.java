package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import org.jspecify.annotations.Nullable;

/** {@code unstable}: marks build and stage, and goes on. */
final class UnstableStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("unstable").value("message", Kind.STRING).anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.LOG;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    step.say("WARNING: " + step.text("message"));
    step.build().currentBuild().setResult(BuildResult.UNSTABLE);
    step.block().stages().forEach(stage -> stage.worsen(BuildResult.UNSTABLE));
    return null;
  }
}
