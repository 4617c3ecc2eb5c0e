package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code sleep}. */
final class SleepStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("sleep")
        .value("time", Kind.INTEGER)
        .optional(Kind.STRING, "unit")
        .literals(Times.UNIT)
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public Set<String> names() {
    return Set.of("unit");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    Duration time = Times.argument(step, TimeUnit.SECONDS);
    step.say("Sleeping for " + Spans.of(time));
    step.sleep(time);
    return null;
  }
}
