package dev.deputy.builds;

import dev.deputy.fleet.Agent;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One AWS operation of a step, done on its agent by the program {@code deputy-aws}: a process of
 * the step like any script, with the step's account, credentials, Region and folder, and at most
 * once. What it says is the step's output; its answer is one JSON object.
 *
 * @param name the operation's
 * @param arguments null-free
 */
record AwsOperation(String name, Map<String, Object> arguments) {
  private static final int NOT_FOUND = 127;

  /** Longer than the kernel takes a variable. */
  private static final int MOST_CHARACTERS = 120_000;

  /**
   * Does it.
   *
   * @param block as whom and where
   * @param part tells the operations of one step apart
   * @return its value; null for none
   * @throws StepFailed with what AWS said
   */
  @Nullable Object run(StepContext step, Block block, int part) {
    requireIdentity(step, block);
    String given = Json.of(arguments);
    if (given.length() > MOST_CHARACTERS) {
      throw new StepFailed(
          step.name() + ": more than " + MOST_CHARACTERS + " characters of arguments");
    }
    var script =
        new AgentScript("exec deputy-aws " + name, Map.of("DEPUTY_AWS_ARGUMENTS", given), part);
    Agent.Result result = script.run(step, step.path(""), block);
    Map<?, ?> answer = answer(step, result);
    if (result.status() != 0) {
      throw new StepFailed(step.name() + ": " + answer.get("error"));
    }
    return answer.get("value");
  }

  private static void requireIdentity(StepContext step, Block block) {
    Workplace workplace = step.workplace();
    boolean none =
        workplace.template().account().isEmpty()
            && block.identity().isEmpty()
            && key(block, "AWS_ACCESS_KEY_ID").isEmpty();
    if (none) {
      boolean local = step.build().settings().local().isPresent();
      throw new StepFailed(
          "'"
              + step.name()
              + "' needs an AWS account, and "
              + (local
                  ? "--local reaches none: run the file without it, in the sandbox"
                  : "agent template '"
                      + workplace.template().name()
                      + "' has none (expected: an agent template with an account)")
              + "; or put it inside of withAWS(credentials: 'id')");
    }
  }

  /** A variable of the block that holds something. */
  static Optional<String> key(Block block, String variable) {
    return Optional.ofNullable(block.environment().get(variable)).filter(text -> !text.isEmpty());
  }

  private static Map<?, ?> answer(StepContext step, Agent.Result result) {
    try {
      return JsonMapper.shared().readValue(result.stdout(), LinkedHashMap.class);
    } catch (JacksonException _) {
      throw new StepFailed(
          step.name()
              + (result.status() == NOT_FOUND
                  ? ": the agent's image has no program deputy-aws in its PATH; see"
                      + " docs/guide/aws-steps.md"
                  : ": deputy-aws ended with exit status "
                      + result.status()
                      + " and without an answer"));
    }
  }
}
