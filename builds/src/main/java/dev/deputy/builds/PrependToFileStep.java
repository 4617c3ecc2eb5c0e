package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code prependToFile}: puts text in front of a file, which is made where there is none. */
final class PrependToFileStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("prependToFile")
        .required("file", Kind.STRING)
        .required("content", Kind.STRING)
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("file");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String file = step.text("file");
    String rest = DataText.find(step, file).orElse("");
    DataText.write(step, file, step.text("content") + rest);
    return null;
  }
}
