package dev.deputy.builds;

import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature.Literals;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The arguments {@code time} and {@code unit} of steps. */
final class Times {
  /** What {@code unit} takes. */
  static final Literals UNIT = Choices.literals(TimeUnit.class);

  private Times() {}

  /**
   * @param unit where the step's argument says nothing
   */
  static Duration argument(StepContext step, TimeUnit unit) {
    long time =
        step.number("time")
            .map(Number::longValue)
            .orElseThrow(() -> new StepFailed(step.name() + ": time is missing"));
    TimeUnit given = step.filledText("unit").map(text -> unit(step, text)).orElse(unit);
    try {
      return Duration.of(time, given.toChronoUnit());
    } catch (ArithmeticException e) {
      throw new StepFailed(step.name() + ": time: " + time + " " + given + " (expected: less)");
    }
  }

  private static TimeUnit unit(StepContext step, String text) {
    try {
      return Choices.parse(TimeUnit.class, text);
    } catch (IllegalArgumentException e) {
      throw new StepFailed(step.name() + ": unit: " + e.getMessage());
    }
  }
}
