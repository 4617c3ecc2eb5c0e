package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One step of Jenkinsfiles: what it takes and what it does. Stateless: every use shares it. */
interface Step {
  StepSignature signature();

  /** How it is kept in the journal. */
  StepClass stepClass();

  /** Arguments that only name something: readable in the journal. */
  default Set<String> names() {
    return Set.of();
  }

  /** Whether the log names it where it starts and, with a block, where it ends. */
  default boolean announced() {
    return true;
  }

  /**
   * Does it, holding the build's baton.
   *
   * @return the step's value; null where it has none
   * @throws dev.deputy.pipeline.PipelineException when it ends early
   */
  @Nullable Object run(StepContext context);
}
