package dev.deputy.cli;

import dev.deputy.sandbox.ImageCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the sandbox runs for the image {@code deputy-agent}: the agent program of this installation,
 * on this JVM's Java.
 */
final class AgentImage {
  /** The image's name in agent templates. */
  static final String NAME = "deputy-agent";

  private AgentImage() {}

  /**
   * @param home the installation's folder, which holds {@code agent/lib}
   * @param tools for the tasks' PATH
   */
  static ImageCommand of(Path home, TaskTools tools) throws IOException {
    Path agent = home.resolve("agent");
    Path lib = agent.resolve("lib");
    if (!Files.isDirectory(lib)) {
      throw new CommandFailed(ExitStatus.FAULT, "the agent program is missing: there is no " + lib);
    }
    Path java = Path.of(System.getProperty("java.home"));
    List<String> command =
        new ArrayList<>(
            List.of(
                java.resolve("bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xlog:disable"));
    Path cache = agent.resolve("agent.aot");
    if (Files.isRegularFile(cache)) {
      command.add("-XX:AOTCache=" + cache);
    }
    command.addAll(List.of("-cp", lib + "/*", "dev.deputy.agent.Agent"));
    return new ImageCommand(
        command,
        List.of(agent, java, tools.aws(), tools.tools(), tools.bin()),
        List.of(
            java.resolve("bin"),
            tools.aws().resolve("bin"),
            tools.tools().resolve("bin"),
            tools.bin()),
        Map.of());
  }
}
