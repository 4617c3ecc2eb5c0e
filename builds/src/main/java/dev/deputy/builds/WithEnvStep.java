package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code withEnv}: more environment for a block; {@code PATH+ANYTHING=dir} goes before PATH. */
final class WithEnvStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.block("withEnv").value("overrides", Kind.LIST).anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.LOG;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    List<Block.Variable> variables =
        step.list("overrides").stream().map(item -> variable(String.valueOf(item))).toList();
    return step.body(step.block().with(variables));
  }

  private static Block.Variable variable(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new StepFailed("withEnv: an override without a name (expected: NAME=value)");
    }
    return new Block.Variable(text.substring(0, equals), text.substring(equals + 1));
  }
}
