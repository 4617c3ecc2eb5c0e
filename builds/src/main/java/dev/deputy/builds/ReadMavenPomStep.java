package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code readMavenPom}: the model of a Maven project's file, as {@link PomData} has it. */
final class ReadMavenPomStep implements Step {
  static final String FILE = "pom.xml";

  @Override
  public StepSignature signature() {
    return Signatures.step("readMavenPom").optional(Kind.STRING, "file").onAgent();
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
    return PomData.read(step.name(), DataText.read(step, step.filledText("file").orElse(FILE)));
  }
}
