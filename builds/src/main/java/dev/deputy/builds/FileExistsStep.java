package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code fileExists}: whether there is a file or directory on the agent. */
final class FileExistsStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("fileExists").value("file", Kind.STRING).onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public Set<String> names() {
    return Set.of("file");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String path = step.path(step.text("file"));
    return step.onAgent(Stored.done(), agent -> agent.exists(step.number(), path));
  }
}
