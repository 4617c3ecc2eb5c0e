package dev.deputy.builds;

import dev.deputy.fleet.Agent;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A script of Deputy's own that a step has run on its agent: as the steps' account, in the step's
 * folder, with its time limit. What it prints to standard error is in the log; what it prints to
 * standard output is the step's to read.
 *
 * <p>Values that come from a pipeline go in as variables, never into the text.
 *
 * @param text without a first line
 * @param variables on top of the block's environment
 * @param part tells the scripts of one step apart; each runs at most once
 */
record AgentScript(String text, Map<String, String> variables, int part) {
  AgentScript {
    variables = Map.copyOf(variables);
  }

  /** The only one of its step. */
  static AgentScript only(String text, Map<String, String> variables) {
    return new AgentScript(text, variables, 0);
  }

  /** Runs it in the current folder of the step. */
  Agent.Result run(StepContext step) {
    return run(step, step.path(""));
  }

  /**
   * @param dir as {@link StepContext#path} gives it
   */
  Agent.Result run(StepContext step, String dir) {
    return run(step, dir, step.block());
  }

  /**
   * @param dir as {@link StepContext#path} gives it
   * @param block whose environment and identity it has
   */
  Agent.Result run(StepContext step, String dir, Block block) {
    var environment = new LinkedHashMap<>(block.environment());
    environment.putAll(variables);
    var order =
        new Agent.Order(
            step.number(),
            part,
            "#!/bin/sh\n" + text,
            dir,
            environment,
            step.timeLeft(),
            true,
            block.identity(),
            block.inside().fromFiles());
    try (StepOutput output = step.build().console().output(step.source(), order.id())) {
      return step.sh(order, output);
    }
  }
}
