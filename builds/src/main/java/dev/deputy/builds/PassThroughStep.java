package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A block that changes nothing for the steps in it: {@code script}; {@code timestamps} and {@code
 * ansiColor}, whose look is the terminal's business.
 */
record PassThroughStep(StepSignature signature) implements Step {
  @Override
  public StepClass stepClass() {
    return StepClass.LOG;
  }

  @Override
  public Set<String> names() {
    return Set.of("colorMapName");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    return step.body(step.block());
  }
}
