package dev.deputy.pipeline;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline file that was found to be right.
 *
 * @param script the file; of a declarative pipeline, what stands before the {@code pipeline} block
 * @param block the {@code pipeline} block
 * @param after the code behind that, which runs unless the pipeline threw something
 */
record CheckedPipeline(Script script, @Nullable PipelineBlock block, Statement.Block after)
    implements Pipeline {
  @Override
  public boolean declarative() {
    return block != null;
  }

  @Override
  public List<ParameterDefinition> parameters() {
    return block == null ? List.of() : block.parameters();
  }

  @Override
  public PipelineOptions options() {
    return block == null ? PipelineOptions.NONE : block.options().job();
  }

  @Override
  public Outcome run(PipelineHost host, RunLimits limits) {
    Interpreter run = new Interpreter(script, host, limits);
    Baton baton = new Baton();
    BranchLine main = new BranchLine("", baton);
    baton.take(baton.lineUp());
    try {
      host.started(main);
      run(run, Context.outermost(main, host.rootScope()));
      return outcome(run, BuildResult.SUCCESS, "");
    } catch (PipelineException.Interrupted interrupted) {
      return outcome(run, interrupted.result(), interrupted.report());
    } catch (PipelineException failure) {
      return outcome(run, BuildResult.FAILURE, failure.report());
    } catch (Unstoppable failure) {
      return outcome(run, BuildResult.FAILURE, "ERROR: " + failure.getMessage());
    } catch (StackOverflowError _) {
      return outcome(run, BuildResult.FAILURE, "ERROR: the pipeline is nested too deeply");
    } finally {
      baton.pass();
    }
  }

  private void run(Interpreter run, Context context) {
    run.enter(context);
    run.libraries().start(script.libraries(), script.body().at(), context);
    Frame frame = Frame.outermost(context, Self.of(run.main()));
    Completion before = run.statements().executeIn(script.body(), frame);
    if (block != null && before instanceof Completion.Normal) {
      new DeclarativeRun(run, block, frame).run(context);
      run.statements().executeIn(after, frame);
    }
  }

  private static Outcome outcome(Interpreter run, BuildResult end, String error) {
    BuildResult soFar = run.host().currentBuild().currentResult();
    BuildResult result = run.wasDenied() ? soFar.worse(BuildResult.FAILURE) : soFar.worse(end);
    return new Outcome(result, Optional.of(error).filter(text -> !text.isEmpty()), run.wasDenied());
  }
}
