package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code archive}: the older form of {@code archiveArtifacts}, which is content with no file. */
final class ArchiveStep implements Step {
  private final Step artifacts = new ArchiveArtifactsStep();

  @Override
  public StepSignature signature() {
    return Signatures.step("archive")
        .value("includes", Kind.STRING)
        .optional(Kind.STRING, "excludes")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("includes", "excludes");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    var arguments = new LinkedHashMap<String, @Nullable Object>();
    arguments.put("artifacts", step.text("includes"));
    step.optionalText("excludes").ifPresent(excludes -> arguments.put("excludes", excludes));
    arguments.put("allowEmptyArchive", true);
    return artifacts.run(step.as(artifacts.signature().name(), arguments));
  }
}
