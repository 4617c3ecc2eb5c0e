package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code readCSV}: the records of a text of comma-separated values, as a list of lists. */
final class ReadCsvStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("readCSV").optional(Kind.STRING, "file", "text").anywhere();
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
    return CsvData.read(step.name(), DataText.given(step));
  }
}
