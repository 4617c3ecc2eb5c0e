package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code writeJSON}: values as a JSON text, into a file or back to the pipeline. */
final class WriteJsonStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("writeJSON")
        .required("json", Kind.ANY)
        .optional(Kind.STRING, "file")
        .optional(Kind.INTEGER, "pretty")
        .optional(Kind.BOOLEAN, "returnText")
        .anywhere();
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
    int indent = step.number("pretty").map(Number::intValue).orElse(0);
    Object json = step.argument("json");
    Object value = json instanceof String text ? JsonData.read(step.name(), text) : json;
    return DataText.deliver(step, JsonData.write(value, indent));
  }
}
