package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code writeYaml}: values as YAML, into a new file or back to the pipeline. */
final class WriteYamlStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("writeYaml")
        .optional(Kind.STRING, "file")
        .optional(Kind.ANY, "data")
        .optional(Kind.LIST, "datas")
        .optional(Kind.STRING, "charset")
        .optional(Kind.BOOLEAN, "overwrite", "returnText")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("file", "charset");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    boolean one = step.argument("data") != null;
    boolean several = step.argument("datas") != null;
    if (one == several) {
      throw new StepFailed("writeYaml needs either 'data' or 'datas'");
    }
    List<? extends @Nullable Object> documents =
        one ? Collections.singletonList(step.argument("data")) : step.list("datas");
    String text = YamlData.write(documents);
    Optional<String> file = step.filledText("file");
    if (file.isPresent() && !step.flag("overwrite", false)) {
      String path = step.path(file.get());
      if (step.onAgent(Stored.done(), agent -> agent.exists(step.number(), path))) {
        throw new StepFailed(
            "writeYaml: " + file.get() + " already exists (add overwrite: true to replace it)");
      }
    }
    return DataText.deliver(step, text);
  }
}
