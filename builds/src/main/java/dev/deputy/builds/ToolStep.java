package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.fleet.Agent;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code tool}: the folder of a tool on the agent. Images bring their tools: the program that a
 * kind of tool consists of is looked for on the agent's PATH, and where it is missing the step
 * fails. Without a {@code type} the name tells the kind, and otherwise is the program's.
 */
final class ToolStep implements Step {
  /**
   * A kind of tool.
   *
   * @param type what the class of such tools in Jenkins begins with, in lower case
   * @param program what shows its home
   * @param names what people call such tools, in lower case
   */
  private record Tool(String type, String program, Pattern names) {
    /**
     * @param words parts of names that are not parts of longer words
     */
    static Tool of(String type, String program, String words) {
      return new Tool(type, program, Pattern.compile("(?<![a-z])(?:" + words + ")(?![a-z])"));
    }
  }

  private static final List<Tool> TOOLS =
      List.of(
          Tool.of("maven", "mvn", "maven|mvn|m[23]"),
          Tool.of("jdk", "java", "[a-z]*jdk|jre|java|jse|temurin|corretto|zulu|graalvm"),
          Tool.of("gradle", "gradle", "gradle"),
          Tool.of("ant", "ant", "ant"),
          Tool.of("git", "git", "git|default"),
          Tool.of("nodejs", "node", "node|nodejs|npm"),
          Tool.of("go", "go", "go|golang"),
          Tool.of("sbt", "sbt", "sbt"),
          Tool.of("dotnetsdk", "dotnet", "dotnet|net"),
          Tool.of("terraform", "terraform", "terraform"),
          Tool.of("sonarrunner", "sonar-scanner", "sonar|sonarqube|sonarscanner"),
          Tool.of("docker", "docker", "docker"));

  /** A program's name with a version: {@code CMake 3.20}. */
  private static final Pattern WITH_VERSION =
      Pattern.compile("([a-z][a-z_-]*?)[ _-]*(?:v?[0-9][0-9a-z._-]*|latest|default|lts)");

  private static final String FIND =
      """
      set -f
      for name in $DEPUTY_PROGRAMS; do
        if program=$(command -v "$name"); then
          program=$(readlink -f -- "$program")
          dirname -- "$(dirname -- "$program")"
          exit
        fi
      done
      exit 44
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
    List<String> programs = programs(step);
    Agent.Result result =
        AgentScript.only(FIND, Map.of("DEPUTY_PROGRAMS", String.join(" ", programs))).run(step);
    if (result.status() != 0) {
      throw new StepFailed(
          "tool: \"%s\": the agent has no program '%s' (expected: an agent whose image has it)"
              .formatted(step.text("name"), String.join("' or '", programs)));
    }
    return result.stdout().strip();
  }

  /** The programs of which the first that the agent has is the tool. */
  private static List<String> programs(StepContext step) {
    String type = step.filledText("type").orElse("").toLowerCase(Locale.ROOT);
    String kind = type.substring(type.lastIndexOf('.') + 1);
    String name = step.text("name").strip();
    String lower = name.toLowerCase(Locale.ROOT);
    return find(tool -> kind.startsWith(tool.type()))
        .or(() -> find(tool -> tool.names().matcher(lower).find()))
        .map(List::of)
        .orElseGet(() -> named(name, lower));
  }

  private static Optional<String> find(Predicate<Tool> which) {
    return TOOLS.stream().filter(which).map(Tool::program).findFirst();
  }

  private static List<String> named(String name, String lower) {
    Matcher version = WITH_VERSION.matcher(lower);
    Stream<String> word = version.matches() ? Stream.of(version.group(1)) : Stream.of();
    return Stream.concat(Stream.of(name, lower).filter(each -> !each.contains(" ")), word)
        .distinct()
        .toList();
  }
}
