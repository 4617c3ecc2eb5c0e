package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code readJSON}: the values of a JSON text. They are maps and lists whose own text is JSON
 * again, with {@code returnPojo} plain ones.
 */
final class ReadJsonStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("readJSON")
        .optional(Kind.STRING, "file", "text")
        .optional(Kind.BOOLEAN, "returnPojo")
        .anywhere();
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
    String text = DataText.given(step);
    return step.flag("returnPojo", false)
        ? JsonData.read(step.name(), text)
        : JsonData.readObjects(step.name(), text);
  }
}
