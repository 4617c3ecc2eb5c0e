package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code checkout}: the source that the build was made of ({@code scm}), delivered by the
 * controller, or another git repository, fetched by the agent. What {@code poll} and {@code
 * changelog} turn off does not exist here.
 */
final class CheckoutStep implements Step {
  private static final Set<String> GIT = Set.of("GitSCM", "scmGit", "hudson.plugins.git.GitSCM");

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
    String named = scm instanceof Map<?, ?> map ? String.valueOf(map.get("$class")) : "";
    if (scm instanceof Map<?, ?> map && GIT.contains(named)) {
      return new GitCheckout(step).run(GitRequest.of(step, map));
    }
    throw new StepFailed("checkout: " + fault(scm == null ? "null" : scm).orElse("not supported"));
  }

  /** What is written out is git, or nothing that there is. */
  private static Optional<String> fault(Object scm) {
    Object named = scm instanceof Map<?, ?> map ? map.get("$class") : null;
    if (named != null && GIT.contains(named.toString())) {
      return Optional.empty();
    }
    String found = named == null ? "another source" : named.toString();
    return Optional.of(
        found + " (expected: scm, the job's own source, or GitSCM or scmGit; there is only git)");
  }
}
