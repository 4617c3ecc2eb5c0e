package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code checkout}: the source that the build was made of ({@code scm}), delivered by the
 * controller, or another git repository, fetched by the agent. What {@code poll} and {@code
 * changelog} turn off does not exist here.
 */
final class CheckoutStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("checkout")
        .value("scm", Kind.ANY)
        .literals(CheckoutStep::fault)
        .optional(Kind.BOOLEAN, "poll", "changelog")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    Object scm = step.argument("scm");
    if (scm instanceof Map<?, ?> map && "scm".equals(map.get("$class"))) {
      return new SourceCheckout(step).run(step.path(""));
    }
    throw new StepFailed("checkout: " + fault(scm == null ? "null" : scm).orElse("not supported"));
  }

  /** What is written out is git, or nothing that there is. */
  private static Optional<String> fault(Object scm) {
    Object named = scm instanceof Map<?, ?> map ? map.get("$class") : null;
    String found = named == null ? "another source" : named.toString();
    return Optional.of(
        found + " (expected: checkout scm, the job's own source: this version has no other)");
  }
}
