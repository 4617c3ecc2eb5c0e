package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code libraryResource}: a file below {@code resources/} of a loaded library, as text. */
final class LibraryResourceStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("libraryResource")
        .value("resource", Kind.STRING)
        .optional(Kind.STRING, "encoding")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public Set<String> names() {
    return Set.of("resource", "encoding");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String path = step.text("resource");
    byte[] content =
        step.build()
            .libraries()
            .resource(path.startsWith("/") ? path.substring(1) : path)
            .orElseThrow(() ->
                new StepFailed(
                    "No such library resource "
                        + path
                        + " could be found (expected: a path below resources/ of a loaded"
                        + " library)"));
    return step.filledText("encoding").filter("Base64"::equalsIgnoreCase).isPresent()
        ? Base64.getEncoder().encodeToString(content)
        : new String(content, StandardCharsets.UTF_8);
  }
}
