package dev.deputy.pipeline;

import dev.deputy.pipeline.PipelineBlock.AgentChoice;
import dev.deputy.pipeline.PipelineBlock.Input;
import dev.deputy.pipeline.PipelineBlock.Stage;
import dev.deputy.pipeline.PipelineBlock.When;
import dev.deputy.pipeline.PipelineBlock.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the stages of a {@code pipeline} block. */
final class StageRun {
  private static final String EARLIER_FAILURE = "earlier failure(s)";
  private static final String EARLIER_UNSTABLE = "earlier stage(s) marking the build as unstable";
  private static final String CONDITION = "when conditional";

  private final DeclarativeRun pipeline;
  private final Interpreter run;
  private final PipelineBlock block;
  private final Conditions conditions;

  StageRun(DeclarativeRun pipeline, Interpreter run, PipelineBlock block) {
    this.pipeline = pipeline;
    this.run = run;
    this.block = block;
    this.conditions = new Conditions(pipeline, run);
  }

  /**
   * Runs stages one after the other; after a failure the others are only shown as skipped.
   *
   * @param skipped why all of them are skipped, if they are
   * @return what failed
   */
  @Nullable RuntimeException sequence(
      List<Stage> stages, @Nullable String skipped, Context context) {
    RuntimeException failure = null;
    for (Stage stage : stages) {
      try {
        String reason = skipped == null && failure != null ? EARLIER_FAILURE : skipped;
        run(stage, reason, context);
      } catch (PipelineException | Unstoppable next) {
        failure = DeclarativeRun.worse(failure, next);
      }
    }
    return failure;
  }

  private void run(Stage stage, @Nullable String skipped, Context context) {
    pipeline.step(
        "stage",
        Map.of("name", stage.name()),
        stage.at(),
        context,
        inner -> {
          String reason = skipped == null && stopsAtUnstable() ? EARLIER_UNSTABLE : skipped;
          if (reason != null) {
            skip(stage, reason, inner);
          } else {
            List<String> axes =
                stage.axes().stream().map(axis -> axis.name() + "=" + axis.value()).toList();
            pipeline.withEnv(axes, stage.at(), inner, cell -> new Attempt(stage).run(cell));
          }
        });
  }

  private boolean stopsAtUnstable() {
    return block.options().skipStagesAfterUnstable()
        && run.host().currentBuild().currentResult() == BuildResult.UNSTABLE;
  }

  /** Shows a stage and those inside it as skipped. */
  private void skip(Stage stage, String reason, Context context) {
    run.host().stageSkipped(stage.name(), context.scope(), reason);
    switch (stage.work()) {
      case Work.Steps _ -> {}
      case Work.Sequence sequence -> sequence(sequence.stages(), reason, context);
      case Work.Branches branches -> parallel(stage, branches, reason, context);
    }
  }

  private void parallel(
      Stage stage, Work.Branches branches, @Nullable String skipped, Context context) {
    boolean failFast = branches.failFast() || block.options().parallelsAlwaysFailFast();
    List<Parallel.Arm> arms = new ArrayList<>();
    for (Stage each : branches.stages()) {
      arms.add(
          new Parallel.Arm(
              each.name(),
              inner -> {
                run(each, skipped, inner);
                return null;
              }));
    }
    run.stepCalls().parallel().run(arms, failFast, stage.at(), context);
  }

  /** One go at a stage whose turn it is. */
  private final class Attempt {
    private final Stage stage;
    private boolean passed;

    Attempt(Stage stage) {
      this.stage = stage;
      this.passed = stage.when() == null;
    }

    void run(Context context) {
      RuntimeException failure = null;
      try {
        withOptions(context);
        if (!passed) {
          skip(stage, CONDITION, context);
        }
      } catch (PipelineException | Unstoppable next) {
        failure = next;
      }
      if (hasOuterPost() && (passed || failure != null)) {
        failure = post(failure, context);
      }
      if (failure != null) {
        throw failure;
      }
    }

    /** Asks {@code when} now, if it is to be asked at this point and was not before. */
    private boolean goesOn(boolean now, Context context) {
      When when = stage.when();
      if (!passed && now && when != null) {
        passed = conditions.allHold(when.conditions(), context);
        return passed;
      }
      return true;
    }

    private void withOptions(Context context) {
      When when = stage.when();
      if (goesOn(when != null && when.beforeOptions(), context)) {
        pipeline.wrapped(
            stage.options().wrappers(),
            context,
            inner -> {
              if (goesOn(when != null && when.beforeInput(), inner)) {
                afterInput(stage, inner, this::inAgent);
              }
            });
      }
    }

    private void inAgent(Context context) {
      When when = stage.when();
      AgentChoice agent = stage.agent();
      boolean early = when != null && (when.beforeAgent() || when.withoutAgent());
      if (!goesOn(early, context)) {
        return;
      }
      if (agent == null) {
        inEnvironment(context);
      } else {
        pipeline.inAgent(agent, true, stage.options(), stage.at(), context, this::inEnvironment);
      }
    }

    private void inEnvironment(Context context) {
      if (goesOn(true, context)) {
        pipeline.withEnvironment(
            stage.environment(),
            stage.at(),
            context,
            inner ->
                pipeline.withTools(pipeline.toolsOf(stage), true, stage.at(), inner, this::work));
      }
    }

    private void work(Context context) {
      RuntimeException failure = null;
      try {
        switch (stage.work()) {
          case Work.Steps steps -> pipeline.steps(steps.block(), context);
          case Work.Sequence sequence -> failure = sequence(sequence.stages(), null, context);
          case Work.Branches branches -> parallel(stage, branches, null, context);
        }
      } catch (PipelineException | Unstoppable next) {
        failure = next;
      }
      RuntimeException end = hasOuterPost() ? failure : post(failure, context);
      if (end != null) {
        throw end;
      }
    }

    /**
     * Whether post comes once the stage's options, input and environment are left: so it does in
     * Jenkins for stages with branches. It runs even where one of these failed.
     */
    private boolean hasOuterPost() {
      return stage.work() instanceof Work.Branches;
    }

    private @Nullable RuntimeException post(@Nullable RuntimeException failure, Context context) {
      if (!pipeline.applies(stage.post(), failure, context)) {
        return failure;
      }
      run.host().say(context.scope(), context.branch(), "Post stage");
      return pipeline.runPost(stage.post(), failure, context);
    }
  }

  /** Asks; what was answered is in the environment of what follows. */
  private void afterInput(Stage stage, Context context, DeclarativeRun.Inside body) {
    Input input = stage.input();
    if (input == null) {
      body.run(context);
      return;
    }
    Map<String, @Nullable Object> internal = new LinkedHashMap<>();
    if (stage.agent() != null) {
      internal.put("forAgent", labelBeforeInput(stage.agent(), context));
    }
    Object answer =
        run.stepCalls()
            .runNamed("input", input.arguments(), internal, input.at(), pipeline.frame(context));
    List<String> variables = new ArrayList<>();
    if (answer instanceof Map<?, ?> several) {
      several.forEach(
          (name, value) -> variables.add(run.values().text(name) + "=" + run.values().text(value)));
    } else if (input.parameters().size() == 1) {
      variables.add(input.parameters().getFirst() + "=" + run.values().text(answer));
    }
    pipeline.withEnv(variables, input.at(), context, body);
  }

  /** The label of the agent that follows; null where it depends on the answer. */
  private @Nullable String labelBeforeInput(AgentChoice agent, Context context) {
    try {
      return pipeline.label(agent, context);
    } catch (PipelineException.StepFailed _) {
      return null;
    }
  }
}
