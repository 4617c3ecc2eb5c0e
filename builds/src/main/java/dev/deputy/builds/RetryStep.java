package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
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
        step.say("ERROR: " + e.getMessage() + "\nRetrying");
      }
    }
    return step.body(step.block());
  }

  private static Optional<String> fault(Object count) {
    return count.toString().startsWith("-")
        ? Optional.of(count + " (expected: >= 0)")
        : Optional.empty();
  }
}
