package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What {@code tools} can name, and the variables that lead to such a tool, as Jenkins sets them.
 */
final class ToolTypes {
  /**
   * @param path the part after {@code PATH+}
   * @param home variables that hold the tool's folder
   */
  private record Variables(String path, List<String> home) {}

  /** Their programs are in PATH; put in front, they would hide what the image puts before them. */
  private static final Set<String> SYSTEM = Set.of("/", "/usr", "/usr/local");

  private static final Map<String, Variables> TYPES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("maven", new Variables("MAVEN", List.of("M2_HOME", "MAVEN_HOME"))),
              Map.entry("jdk", new Variables("JDK", List.of("JAVA_HOME"))),
              Map.entry("gradle", new Variables("GRADLE", List.of("GRADLE_HOME"))),
              Map.entry("ant", new Variables("ANT", List.of("ANT_HOME"))),
              Map.entry("nodejs", new Variables("NODEJS", List.of("NODEJS_HOME"))),
              Map.entry("go", new Variables("GO", List.of("GOROOT"))),
              Map.entry("git", new Variables("GIT", List.of())),
              Map.entry("dockerTool", new Variables("DOCKER", List.of())),
              Map.entry("terraform", new Variables("TERRAFORM", List.of())),
              Map.entry("sbt", new Variables("SBT", List.of("SBT_HOME"))),
              Map.entry("groovy", new Variables("GROOVY", List.of("GROOVY_HOME"))),
              Map.entry("scala", new Variables("SCALA", List.of("SCALA_HOME")))));

  private ToolTypes() {}

  static boolean knows(String type) {
    return TYPES.containsKey(type);
  }

  static Set<String> names() {
    return new TreeSet<>(TYPES.keySet());
  }

  /** {@code NAME=value} for {@code withEnv}. */
  static List<String> variables(String type, String home) {
    Variables variables = TYPES.getOrDefault(type, new Variables("TOOL", List.of()));
    List<String> all = new ArrayList<>();
    variables.home().forEach(name -> all.add(name + "=" + home));
    if (!SYSTEM.contains(home)) {
      all.add("PATH+" + variables.path() + "=" + home + "/bin");
    }
    return List.copyOf(all);
  }
}
