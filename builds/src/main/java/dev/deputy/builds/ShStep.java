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

  /** What runs on the agent: in a block of a container, something that runs the script in there. */
  private static String script(StepContext step) {
    String script = step.text("script");
    Block block = step.block();
    return block
        .inside()
        .container()
        .map(container ->
            DockerContainerStep.inside(
                container, script, step.number(), block.environment().keySet()))
        .orElse(script);
  }

  /** As Jenkins does: the shell would have expanded the variable without showing it to anybody. */
  static void warnOfSecrets(StepContext step) {
    var environment = step.block().environment();
    var used =
        step.block().inside().secrets().stream()
            .filter(name -> step.text("script").contains(environment.getOrDefault(name, "\0")))
            .sorted()
            .toList();
    if (!used.isEmpty()) {
      step.say(
          "Warning: A secret was passed to \""
              + step.name()
              + "\" using Groovy String interpolation, which is"
              + " insecure.\n\t\t Affected argument(s) used the following variable(s): "
              + used);
    }
  }

  @Override
  public @Nullable Object run(StepContext step) {
    boolean returnStdout = step.flag("returnStdout", false);
    boolean returnStatus = step.flag("returnStatus", false);
    if (returnStdout && returnStatus) {
      throw new StepFailed("sh: returnStdout and returnStatus cannot both be true");
    }
    Texts.requireUtf8(step);
    warnOfSecrets(step);
    var order =
        new Agent.Order(
            step.number(),
            0,
            script(step),
            step.path(""),
            step.block().environment(),
            step.timeLeft(),
            returnStdout,
            step.block().identity(),
            step.block().inside().fromFiles());
    Agent.Result result;
    try (StepOutput output = step.build().console().output(step.source(), order.id())) {
      result = step.sh(order, output);
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
