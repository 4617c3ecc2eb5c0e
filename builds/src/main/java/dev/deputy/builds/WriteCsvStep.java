package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code writeCSV}: records as a file of comma-separated values. */
final class WriteCsvStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("writeCSV")
        .required("file", Kind.STRING)
        .required("records", Kind.LIST)
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
    DataText.write(step, step.text("file"), CsvData.write(step.list("records")));
    return null;
  }
}
