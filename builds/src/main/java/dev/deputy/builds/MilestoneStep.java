package dev.deputy.builds;

import dev.deputy.core.BuildStore.Passage;
import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.PipelineException.Interrupted;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code milestone}: no older build passes it after a newer one did. */
final class MilestoneStep implements Step {
  private static final Stored<Passage> PASSAGE =
      Stored.of(MilestoneStep::fields, MilestoneStep::read);

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
    int last = build.milestone();
    int ordinal = step.number("ordinal").map(Number::intValue).orElse(last + 1);
    if (ordinal <= last) {
      throw new StepFailed(
          "milestone: ordinal: " + ordinal + " (expected: more than " + last + ", the one before)");
    }
    step.say("Trying to pass milestone " + ordinal);
    Passage passage =
        step.note(PASSAGE, () -> build.stores().builds().passMilestone(build.id(), ordinal));
    if (passage.newer().isPresent()) {
      String by = "Superseded by #" + passage.newer().get();
      build.currentBuild().setResult(BuildResult.NOT_BUILT);
      throw new Interrupted(BuildResult.NOT_BUILT, List.of(by));
    }
    build.passed(ordinal);
    passage.superseded().forEach(build::supersede);
    return null;
  }

  private static Map<String, Object> fields(Passage passage) {
    return passage
        .newer()
        .<Map<String, Object>>map(number -> Map.of("newer", number))
        .orElseGet(() -> Map.of("superseded", passage.superseded()));
  }

  private static Passage read(@Nullable Object stored) {
    Stored.Fields fields = Stored.Fields.of(stored);
    return new Passage(
        fields.optionalText("newer").map(Integer::valueOf),
        fields.texts("superseded").stream().map(Integer::valueOf).toList());
  }
}
