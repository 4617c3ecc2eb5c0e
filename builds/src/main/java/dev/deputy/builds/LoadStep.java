package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.fleet.Agent;
import dev.deputy.pipeline.LoadedCode;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code load}: runs a file of the agent's workspace as pipeline code. The text is what the journal
 * keeps: the file may be another one by the time the build goes on.
 */
final class LoadStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("load").value("path", Kind.STRING).onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public Set<String> names() {
    return Set.of("path");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String file = step.text("path");
    Agent.TextFile found =
        step.readFile(step.path(file))
            .orElseThrow(() ->
                new StepFailed(
                    "load: no such file: " + file + " (expected: a file of the workspace)"));
    return new LoadedCode.Script(file, new String(found.content(), StandardCharsets.UTF_8));
  }
}
