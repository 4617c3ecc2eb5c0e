package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import org.jspecify.annotations.Nullable;

/** {@code deleteDir}: deletes the current directory with all that is in it. */
final class DeleteDirStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("deleteDir").onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String path = step.path("");
    step.doOnAgent(agent -> agent.deleteDir(step.number(), path));
    return null;
  }
}
