package dev.deputy.builds;

import dev.deputy.core.AgentTemplate;
import dev.deputy.fleet.Agent;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An agent as the place where steps run.
 *
 * @param name for people; tells the build's agents apart
 */
record Workplace(Agent agent, AgentTemplate template, String name) {
  static Workplace of(Agent agent, AgentTemplate template) {
    String launch = agent.launch().id().value();
    return new Workplace(agent, template, template.name() + "-" + launch.substring(0, 8));
  }

  /** What steps and {@code env} see of it. */
  Map<String, String> environment() {
    var environment = new LinkedHashMap<>(agent.environment());
    environment.put("WORKSPACE", agent.workspace());
    environment.put("NODE_NAME", name);
    environment.put("EXECUTOR_NUMBER", "0");
    environment.put("NODE_LABELS", String.join(" ", template.labels()));
    return environment;
  }

  /**
   * A path of the pipeline: relative to the workspace where it lies in it, and empty for the
   * workspace itself; else absolute. What the steps' account may do outside of the workspace is
   * said by the agent's machine.
   *
   * @param dir the block's own, as this method returned it
   */
  String resolve(String dir, String path) {
    try {
      Path workspace = Path.of(agent.workspace()).normalize();
      Path resolved = workspace.resolve(dir).resolve(path).normalize();
      return (resolved.startsWith(workspace) ? workspace.relativize(resolved) : resolved)
          .toString();
    } catch (InvalidPathException e) {
      throw new StepFailed("path: \"" + path + "\" (" + e.getReason() + ")");
    }
  }

  /** The absolute path of what {@link #resolve} returned. */
  String absolute(String path) {
    return path.isEmpty() ? agent.workspace() : Path.of(agent.workspace()).resolve(path).toString();
  }
}
