package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code writeMavenPom}: a file of the model that {@code readMavenPom} gives. Comments and the form
 * of the file that was read are lost.
 */
final class WriteMavenPomStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("writeMavenPom")
        .value("model", Kind.MAP)
        .optional(Kind.STRING, "file")
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
    Map<?, ?> model = step.argument("model") instanceof Map<?, ?> map ? map : Map.of();
    String text = PomData.write(step.name(), model);
    DataText.write(step, step.filledText("file").orElse(ReadMavenPomStep.FILE), text);
    return null;
  }
}
