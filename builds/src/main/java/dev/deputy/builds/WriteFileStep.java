package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code writeFile}: a file of the agent, with the folders above it. */
final class WriteFileStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("writeFile")
        .required("file", Kind.STRING)
        .required("text", Kind.STRING)
        .optional(Kind.STRING, "encoding")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("file", "encoding");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String path = step.path(step.text("file"));
    byte[] content = Texts.encode(step.text("text"), step.filledText("encoding"));
    step.doOnAgent(agent -> agent.writeFile(step.number(), path, content));
    return null;
  }
}
