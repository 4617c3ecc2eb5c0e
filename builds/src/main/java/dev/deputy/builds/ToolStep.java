package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.fleet.Agent;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code tool}: the folder of a tool. Agents are made of images, so nothing is installed: the tool
 * is what the agent has on its PATH. Which version that is, is the image's; the name only says what
 * the pipeline expects.
 */
final class ToolStep implements Step {
  private static final Map<String, String> PROGRAMS =
      Map.of(
          "maven", "mvn",
          "jdk", "java",
          "nodejs", "node",
          "dockerTool", "docker");

  private static final String FIND =
      """
      program=$(command -v -- "$DEPUTY_TOOL") || exit 3
      program=$(readlink -f -- "$program")
      printf '%s' "$(dirname -- "$(dirname -- "$program")")"
      """;

  @Override
  public StepSignature signature() {
    return Signatures.step("tool")
        .value("name", Kind.STRING)
        .optional(Kind.STRING, "type")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public Set<String> names() {
    return Set.of("name", "type");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String name = step.text("name");
    String type = step.filledText("type").map(ToolStep::plain).orElseGet(() -> guessed(name));
    String program = PROGRAMS.getOrDefault(type, type);
    Agent.Result found = AgentScript.only(FIND, Map.of("DEPUTY_TOOL", program)).run(step);
    if (found.status() != 0) {
      throw new StepFailed(
          "Tool type \"%s\" does not have an install of \"%s\" on this agent: no %s is on its PATH. Use an agent whose image has it"
              .formatted(type, name, program));
    }
    return found.stdout();
  }

  /** Jenkins also takes the name of the tool's class. */
  private static String plain(String type) {
    return switch (type) {
      case "hudson.tasks.Maven$MavenInstallation" -> "maven";
      case "hudson.model.JDK" -> "jdk";
      case "hudson.plugins.gradle.GradleInstallation" -> "gradle";
      case "hudson.tasks.Ant$AntInstallation" -> "ant";
      case "jenkins.plugins.nodejs.tools.NodeJSInstallation" -> "nodejs";
      case "org.jenkinsci.plugins.docker.commons.tools.DockerTool" -> "dockerTool";
      default -> type;
    };
  }

  /** From a name like {@code maven-3.9} or {@code JDK 21}. */
  private static String guessed(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.contains("maven") || lower.startsWith("m3")) {
      return "maven";
    } else if (lower.contains("jdk") || lower.contains("java")) {
      return "jdk";
    } else if (lower.contains("node")) {
      return "nodejs";
    }
    return lower.replaceAll("[^a-z].*", "");
  }
}
