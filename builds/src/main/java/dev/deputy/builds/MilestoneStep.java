package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.InterruptionCause.Superseded;
import dev.deputy.pipeline.PipelineException.Interrupted;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code milestone}: a build that passes it ends the older ones that did not get so far, and no
 * older one passes it any more; when the build ends, so do the older ones that are as far as it.
 */
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
    RunningBuild build = step.build();
    if (!step.branch().name().isEmpty() && !step.flag("unsafe", false)) {
      throw new StepFailed(
          "Using a milestone step inside parallel is not allowed"
              + " (put it before or behind the parallel part, or allow it with unsafe: true)");
    }
    int last = build.milestone();
    int ordinal = step.number("ordinal").map(Number::intValue).orElse(last + 1);
    if (ordinal <= last) {
      throw new StepFailed(
          "milestone: ordinal: " + ordinal + " (expected: more than " + last + ", the one before)");
    }
    step.say("Trying to pass milestone " + ordinal);
    Optional<Integer> newer =
        step.note(
            Stored.optional(Stored.number()),
            () -> build.stores().builds().passMilestone(build.id(), ordinal));
    if (newer.isPresent()) {
      build.currentBuild().setResult(BuildResult.NOT_BUILT);
      throw new Interrupted(BuildResult.NOT_BUILT, new Superseded(newer.get()));
    }
    build.passed(ordinal);
    return null;
  }
}
