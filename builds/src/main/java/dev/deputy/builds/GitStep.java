package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code git}: checks out a branch of a repository, on a local branch of the same name. */
final class GitStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("git")
        .value("url", Kind.STRING)
        .optional(Kind.STRING, "branch", "credentialsId")
        .optional(Kind.BOOLEAN, "changelog", "poll")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("branch", "credentialsId");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    return new GitCheckout(step).run(GitRequest.ofGit(step));
  }
}
