package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException;
import dev.deputy.pipeline.PipelineException.Interrupted;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code retry}: runs a block again when it failed, also by a timeout inside of it; an abort and a
 * denial are no failures.
 */
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
      } catch (StepFailed | Interrupted e) {
        if (!wanted(step, e)) {
          throw e;
        }
        step.say(e.report() + "\nRetrying");
      }
    }
    return step.body(step.block());
  }

  /**
   * Any failure, also of a timeout inside of the block; with conditions only the loss of an agent,
   * which is all that they are about.
   */
  private static boolean wanted(StepContext step, PipelineException end) {
    boolean any = step.list("conditions").isEmpty();
    return switch (end) {
      case Interrupted interrupted -> any && interrupted.isOver();
      case StepFailed failure -> any || step.build().isLoss(failure);
      default -> false;
    };
  }

  private static Optional<String> fault(Object count) {
    return count.toString().startsWith("-")
        ? Optional.of(count + " (expected: >= 0)")
        : Optional.empty();
  }
}
