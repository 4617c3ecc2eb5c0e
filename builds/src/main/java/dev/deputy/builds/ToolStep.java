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
 * {@code tool}: the folder of a tool on the agent. Images bring their tools: the program that a
 * kind of tool consists of is looked for on the agent's PATH, and where it is missing the step
 * fails.
 */
final class ToolStep implements Step {
  /** What shows the home of a tool of each kind. */
  private static final Map<String, String> PROGRAMS =
      Map.of(
          "maven", "mvn",
          "jdk", "java",
          "gradle", "gradle",
          "ant", "ant",
          "git", "git",
          "nodejs", "node",
          "go", "go",
          "sbt", "sbt",
          "dotnetsdk", "dotnet",
          "terraform", "terraform");

  private static final String FIND =
      """
      program=$(command -v "$DEPUTY_PROGRAM") || exit 44
      program=$(readlink -f -- "$program")
      dirname -- "$(dirname -- "$program")"
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
    String program = program(step);
    Agent.Result result = AgentScript.only(FIND, Map.of("DEPUTY_PROGRAM", program)).run(step);
    if (result.status() != 0) {
      throw new StepFailed(
          "tool: \"%s\": the agent has no program '%s' (expected: an agent whose image has it)"
              .formatted(step.text("name"), program));
    }
    return result.stdout().strip();
  }

  private static String program(StepContext step) {
    String type = step.filledText("type").orElse("").toLowerCase(Locale.ROOT);
    String kind = type.substring(type.lastIndexOf('.') + 1);
    String name = step.text("name").toLowerCase(Locale.ROOT);
    for (Map.Entry<String, String> each : PROGRAMS.entrySet()) {
      if (kind.startsWith(each.getKey())) {
        return each.getValue();
      }
    }
    for (Map.Entry<String, String> each : PROGRAMS.entrySet()) {
      boolean java = each.getKey().equals("jdk") && (name.contains("java") || name.contains("jdk"));
      if (java || name.contains(each.getKey()) || name.startsWith(each.getValue())) {
        return each.getValue();
      }
    }
    return step.text("name");
  }
}
