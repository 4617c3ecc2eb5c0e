package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.fleet.Agent;
import dev.deputy.pipeline.PipelineException.FileMissing;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code readFile}: a file of the agent as text. */
final class ReadFileStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("readFile")
        .value("file", Kind.STRING)
        .optional(Kind.STRING, "encoding")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public Set<String> names() {
    return Set.of("file", "encoding");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String file = step.text("file");
    Agent.TextFile found =
        step.readFile(step.path(file))
            .orElseThrow(() -> new FileMissing(step.workplace().absolute(step.path(file))));
    return Texts.decode(found.content(), step.filledText("encoding"));
  }
}
