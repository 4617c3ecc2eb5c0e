package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.Interrupted;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code retry}: runs a block again when it failed; interruptions and denials are no failures. */
final class RetryStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.block("retry")
        .value("count", Kind.INTEGER)
        .literals(RetryStep::fault)
        .optional(Kind.LIST, "conditions")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.LOG;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    long count = step.number("count").map(Number::longValue).orElse(1L);
    fault(count)
        .ifPresent(fault -> {
          throw new StepFailed("retry: count: " + fault);
        });
    for (long left = count; left > 1; left--) {
      try {
        return step.body(step.block());
      } catch (StepFailed e) {
        if (!wanted(step, e)) {
          throw e;
        }
        step.say("ERROR: " + e.getMessage() + "\nRetrying");
      } catch (Interrupted e) {
        if (!e.isOver() || !step.list("conditions").isEmpty()) {
          throw e;
        }
        step.say("ERROR: " + e.getMessage() + "\nRetrying");
      }
    }
    return step.body(step.block());
  }

  /** Any failure; with conditions only the loss of an agent, which is all that they are about. */
  private static boolean wanted(StepContext step, StepFailed failure) {
    return step.list("conditions").isEmpty() || step.build().isLoss(failure);
  }

  private static Optional<String> fault(Object count) {
    return count.toString().startsWith("-")
        ? Optional.of(count + " (expected: >= 0)")
        : Optional.empty();
  }
}
