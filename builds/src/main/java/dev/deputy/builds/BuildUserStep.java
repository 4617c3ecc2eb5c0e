package dev.deputy.builds;

import dev.deputy.core.Cause;
import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code wrap([$class: 'BuildUser'])}: who started the build, as variables. */
final class BuildUserStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.block("withBuildUser").anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.LOG;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    List<Block.Variable> variables =
        step.build().record().cause() instanceof Cause.Person(String user)
            ? List.of(
                new Block.Variable("BUILD_USER", user),
                new Block.Variable("BUILD_USER_ID", user),
                new Block.Variable("BUILD_USER_FIRST_NAME", user))
            : List.of();
    return step.body(step.block().with(variables));
  }
}
