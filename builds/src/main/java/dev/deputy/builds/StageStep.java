package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.PipelineException.Interrupted;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code stage}; in its older form, without a block, it only says that it begins. */
final class StageStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.optionalBlock("stage")
        .value("name", Kind.STRING)
        .optional(Kind.INTEGER, "concurrency")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.LOG;
  }

  @Override
  public Set<String> names() {
    return Set.of("name");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    if (!step.hasBody()) {
      step.say("Using the ‘stage’ step without a block argument is deprecated");
      step.say("Entering stage " + step.text("name"));
      step.say("Proceeding");
      return null;
    }
    RunningBuild build = step.build();
    StageProgress stage = begin(step);
    build.announce(
        new BuildEvent.StageStarted(
            stage.started(), build.id(), stage.stage(), build.console().repeats()));
    try {
      return step.body(step.block().inside(stage), "{ (" + stage.name() + ")");
    } catch (Interrupted e) {
      stage.worsen(e.result());
      throw e;
    } catch (RuntimeException e) {
      stage.worsen(BuildResult.FAILURE);
      throw e;
    } finally {
      Instant now = build.clock();
      build.announce(
          new BuildEvent.StageFinished(
              now,
              build.id(),
              stage.stage(),
              stage.result(),
              Duration.between(stage.started(), now),
              stage.skipped(),
              build.console().repeats()));
    }
  }

  private static StageProgress begin(StepContext step) {
    List<String> path = new ArrayList<>();
    step.block().stages().forEach(outer -> path.add(outer.name()));
    path.add(step.build().masks().hide(step.text("name")));
    return new StageProgress(
        new BuildEvent.Stage(step.number(), path, step.source().branch()), step.build().clock());
  }
}
