package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.PipelineException;
import dev.deputy.pipeline.PipelineException.Interrupted;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code catchError} and {@code warnError}: write an error down, mark build and stage, and go on.
 * Denials are not errors: they pass.
 *
 * @param buildResult where the file says nothing
 * @param stageResult where the file says nothing
 */
record CatchErrorStep(StepSignature signature, BuildResult buildResult, BuildResult stageResult)
    implements Step {

  static CatchErrorStep catchError() {
    return new CatchErrorStep(
        Signatures.block("catchError")
            .optionalValue("message", Kind.STRING)
            .optional(Kind.STRING, "buildResult")
            .literals(Choices.literals(BuildResult.class))
            .optional(Kind.STRING, "stageResult")
            .literals(Choices.literals(BuildResult.class))
            .optional(Kind.BOOLEAN, "catchInterruptions")
            .anywhere(),
        BuildResult.FAILURE,
        BuildResult.SUCCESS);
  }

  static CatchErrorStep warnError() {
    return new CatchErrorStep(
        Signatures.block("warnError")
            .value("message", Kind.STRING)
            .optional(Kind.BOOLEAN, "catchInterruptions")
            .anywhere(),
        BuildResult.UNSTABLE,
        BuildResult.UNSTABLE);
  }

  @Override
  public StepClass stepClass() {
    return StepClass.LOG;
  }

  @Override
  public Set<String> names() {
    return Set.of("buildResult", "stageResult");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    BuildResult forBuild = result(step, "buildResult", buildResult);
    BuildResult forStage = result(step, "stageResult", stageResult);
    try {
      step.body(step.block());
    } catch (StepFailed e) {
      say(step, e);
      mark(step, forBuild, forStage);
    } catch (Interrupted e) {
      if (!step.flag("catchInterruptions", true) && !e.isOver()) {
        throw e;
      }
      say(step, e);
      mark(step, e.result(), e.result());
    }
    return null;
  }

  private static void say(StepContext step, PipelineException error) {
    step.filledText("message").ifPresent(message -> step.say("ERROR: " + message));
    if (!error.report().isEmpty()) {
      step.say(error.report());
    }
  }

  private static void mark(StepContext step, BuildResult forBuild, BuildResult forStage) {
    Results build = step.build().currentBuild();
    if (build.currentResult().compareTo(forBuild) < 0) {
      step.say("Setting overall build result to " + forBuild);
      build.setResult(forBuild);
    }
    step.block().stages().forEach(stage -> stage.worsen(forStage));
  }

  private static BuildResult result(StepContext step, String parameter, BuildResult absent) {
    try {
      return step.filledText(parameter)
          .map(text -> Choices.parse(BuildResult.class, text))
          .orElse(absent);
    } catch (IllegalArgumentException e) {
      throw new StepFailed(step.name() + ": " + parameter + ": " + e.getMessage());
    }
  }
}
