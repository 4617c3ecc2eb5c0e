package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code parallel}: the interpreter runs the branches, this marks them in the log. */
final class ParallelStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.block("parallel")
        .required("branches", Kind.LIST)
        .optional(Kind.BOOLEAN, "failFast")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.LOG;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    return step.bareBody(step.block());
  }

  /** One branch of it, run on the branch's own thread. */
  static final class OfBranch implements Step {
    @Override
    public StepSignature signature() {
      return Signatures.block("parallelBranch").value("name", Kind.STRING).anywhere();
    }

    @Override
    public StepClass stepClass() {
      return StepClass.LOG;
    }

    @Override
    public Set<String> names() {
      return Set.of("name");
    }

    @Override
    public boolean announced() {
      return false;
    }

    @Override
    public @Nullable Object run(StepContext step) {
      return step.body(step.block(), "{ (Branch: " + step.text("name") + ")");
    }
  }
}
