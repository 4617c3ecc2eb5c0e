package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.fleet.Agent;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code sh}: runs a shell script on the agent, at most once. With {@code returnStdout} the
 * standard output is the step's value and only the rest (the trace, standard error) is in the log.
 */
final class ShStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("sh")
        .value("script", Kind.STRING)
        .optional(Kind.BOOLEAN, "returnStdout", "returnStatus")
        .optional(Kind.STRING, "label", "encoding")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("label", "encoding");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    boolean returnStdout = step.flag("returnStdout", false);
    boolean returnStatus = step.flag("returnStatus", false);
    if (returnStdout && returnStatus) {
      throw new StepFailed("sh: returnStdout and returnStatus cannot both be true");
    }
    Texts.requireUtf8(step);
    var order =
        new Agent.Order(
            step.number(),
            0,
            step.text("script"),
            step.path(""),
            step.block().environment(),
            step.timeLeft(),
            returnStdout,
            step.block().identity());
    Agent.Result result;
    try (StepOutput output = step.build().console().output(step.source())) {
      result = step.onAgent(agent -> agent.sh(order, output));
    }
    step.record("status", result.status());
    if (returnStatus) {
      return result.status();
    }
    if (result.status() != 0) {
      throw new StepFailed("script returned exit code " + result.status());
    }
    return returnStdout ? result.stdout() : null;
  }
}
