package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.PipelineException.Interrupted;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code milestone}: no older build passes it after a newer one did. */
final class MilestoneStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("milestone")
        .optionalValue("ordinal", Kind.INTEGER)
        .optional(Kind.STRING, "label")
        .optional(Kind.BOOLEAN, "unsafe")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public Set<String> names() {
    return Set.of("label");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    Milestones milestones = step.build().milestones();
    int last = step.note(Stored.number(), () -> milestones.last(step.build().id()));
    int ordinal = step.number("ordinal").map(Number::intValue).orElse(last + 1);
    if (ordinal <= last) {
      throw new StepFailed(
          "milestone: ordinal: " + ordinal + " (expected: more than " + last + ", the one before)");
    }
    step.say("Trying to pass milestone " + ordinal);
    Milestones.Passage passage =
        step.note(
            Stored.of(
                Milestones.Passage::fields,
                stored -> milestones.passed(step.build().id(), ordinal, stored)),
            () -> milestones.pass(step.build().id(), ordinal));
    if (passage.newer().isPresent()) {
      String by = "Superseded by #" + passage.newer().get();
      step.build().currentBuild().setResult(BuildResult.NOT_BUILT);
      throw new Interrupted(BuildResult.NOT_BUILT, List.of(by));
    }
    passage.superseded().forEach(step.build()::supersede);
    return null;
  }
}
