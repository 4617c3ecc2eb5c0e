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
   * A path of the pipeline, relative to the workspace; empty for the workspace itself. It may lead
   * into the folder beside it that {@code WORKSPACE_TMP} names.
   *
   * @param dir the block's own, relative to the workspace
   * @throws StepFailed when it leads out of the workspace
   */
  String resolve(String dir, String path) {
    try {
      Path workspace = Path.of(agent.workspace()).normalize();
      Path resolved = workspace.resolve(dir).resolve(path).normalize();
      if (!resolved.startsWith(workspace) && !resolved.startsWith(temporary(workspace))) {
        throw new StepFailed("path: \"" + path + "\" (expected: one inside of the workspace)");
      }
      return workspace.relativize(resolved).toString();
    } catch (InvalidPathException e) {
      throw new StepFailed("path: \"" + path + "\" (" + e.getReason() + ")");
    }
  }

  private Path temporary(Path workspace) {
    String named = agent.environment().get("WORKSPACE_TMP");
    return named == null ? workspace : Path.of(named).normalize();
  }

  /** The absolute path of a directory that is relative to the workspace. */
  String absolute(String dir) {
    return dir.isEmpty() ? agent.workspace() : agent.workspace() + "/" + dir;
  }
}
