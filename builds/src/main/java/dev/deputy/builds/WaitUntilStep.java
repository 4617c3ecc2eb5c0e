package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code waitUntil}: runs a block again, ever more slowly, until its value is true. */
final class WaitUntilStep implements Step {
  private static final Duration SHORTEST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(15);

  @Override
  public StepSignature signature() {
    return Signatures.block("waitUntil")
        .optional(Kind.INTEGER, "initialRecurrencePeriod")
        .optional(Kind.BOOLEAN, "quiet")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    Duration pause =
        step.number("initialRecurrencePeriod")
            .map(millis -> atLeastShortest(Duration.ofMillis(millis.longValue())))
            .orElse(SHORTEST);
    while (!holds(step)) {
      if (!step.flag("quiet", false)) {
        step.say("Will try again after " + Spans.of(pause));
      }
      step.sleep(pause);
      pause = atMostLongest(pause.multipliedBy(6).dividedBy(5));
    }
    return null;
  }

  private static boolean holds(StepContext step) {
    if (step.body(step.block()) instanceof Boolean value) {
      return value;
    }
    throw new StepFailed("waitUntil: the block's value is no boolean (expected: true or false)");
  }

  private static Duration atLeastShortest(Duration pause) {
    return pause.compareTo(SHORTEST) < 0 ? SHORTEST : pause;
  }

  private static Duration atMostLongest(Duration pause) {
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }
}
