package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code dir}: another directory for a block, of the workspace or of the agent's machine. */
final class DirStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.block("dir").value("path", Kind.STRING).onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.LOG;
  }

  @Override
  public Set<String> names() {
    return Set.of("path");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String dir = step.path(step.text("path"));
    step.say("Running in " + step.workplace().absolute(dir));
    return step.body(step.block().in(dir));
  }
}
