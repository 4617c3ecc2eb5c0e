package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code checkout scm}: delivers the source that the build was made of. What {@code poll} and
 * {@code changelog} turn off does not exist here.
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
    boolean ofTheJob =
        step.argument("scm") instanceof Map<?, ?> scm && "scm".equals(scm.get("$class"));
    if (!ofTheJob) {
      throw new StepFailed(
          "checkout: only the job's own source is supported (expected: checkout scm)");
    }
    String dir = step.path("");
    var source = step.build().request().source();
    step.onAgent(agent -> {
      agent.deliver(step.number(), dir, source::archive);
      return true;
    });
    step.say("Checked out " + source.describe());
    return BuildEnvironment.revision(step.build().record());
  }

  /** Whatever is written out is another source than the job's. */
  private static Optional<String> fault(Object scm) {
    Object named = scm instanceof Map<?, ?> map ? map.get("$class") : null;
    String found = named == null ? "another source" : named.toString();
    return Optional.of(
        found + " (expected: checkout scm, the job's own source: this version has no other)");
  }
}
