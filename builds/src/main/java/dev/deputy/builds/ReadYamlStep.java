package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code readYaml}: the values of a YAML text; several documents, also of both, are a list. */
final class ReadYamlStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("readYaml")
        .optional(Kind.STRING, "file", "text")
        .optional(Kind.INTEGER, "codePointLimit", "maxAliasesForCollections")
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
    Optional<String> file = step.filledText("file");
    Optional<String> text = step.filledText("text");
    if (file.isEmpty() && text.isEmpty()) {
      throw new StepFailed("At least one of file or text needs to be provided to readYaml.");
    }
    String all =
        String.join(
            "\n---\n",
            Stream.of(file.map(path -> DataText.read(step, path)), text)
                .flatMap(Optional::stream)
                .toList());
    return YamlData.read(step.name(), all);
  }
}
