package dev.deputy.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Makes the AOT caches (JEP 514) of an installation, by running a small pipeline through the whole
 * system once. With them Deputy, its agents and the examples' tools start in a fraction of the
 * time; without them everything works as well, so what fails here is reported and no failure. A
 * cache is good for the jars and the JDK that it was made with, and ignored with others.
 */
final class Training {
  private static final long LIMIT_SECONDS = 120;
  private static final List<String> JAVA_OPTIONS =
      List.of("-Xlog:disable", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Path home;
  private final Path folder;
  private final Path java = Path.of(System.getProperty("java.home"), "bin", "java");

  private Training(Path home) {
    this.home = home;
    this.folder = home.resolve("training");
  }

  /** {@code Training FOLDER}: the installation's folder, which holds lib, agent and tools. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 1) {
      System.err.println("usage: Training FOLDER");
      System.exit(ExitStatus.USAGE.code());
    }
    new Training(Path.of(arguments[0]).toAbsolutePath().normalize()).run();
  }

  private void run() throws IOException, InterruptedException {
    Path controller = home.resolve("deputy.aot");
    Path agent = home.resolve("agent/agent.aot");
    Path tools = home.resolve("tools/tools.aot");
    Path aws = home.resolve("aws/aws.aot");
    for (Path cache : List.of(controller, agent, tools, aws)) {
      Files.deleteIfExists(cache);
    }
    if (Files.isDirectory(folder)) {
      Folders.remove(folder);
    }
    Files.createDirectories(folder);
    for (String file : List.of("Jenkinsfile", "deputy.yaml", "permissions.json")) {
      try (InputStream content = Training.class.getResourceAsStream("training/" + file)) {
        Files.copy(Objects.requireNonNull(content, file), folder.resolve(file));
      }
    }
    trainController(controller);
    trainAgent(agent);
    for (Path cache : List.of(tools, aws)) {
      Path archived =
          folder.resolve(".deputy/builds/training/#1/artifacts").resolve(cache.getFileName());
      if (Files.isRegularFile(archived)) {
        Files.move(archived, cache, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    for (Path cache : List.of(controller, agent, tools, aws)) {
      String made = Files.isRegularFile(cache) ? "made " : "could not make ";
      System.out.println(made + home.relativize(cache));
    }
    Folders.remove(folder);
  }

  /** A whole build, which also makes the caches of the tasks' programs in some of its steps. */
  private void trainController(Path cache) throws IOException, InterruptedException {
    List<String> line = command(cache);
    line.addAll(List.of("-Ddeputy.home=" + home, "--enable-native-access=ALL-UNNAMED"));
    line.addAll(List.of("-cp", home.resolve("lib") + "/*", "dev.deputy.cli.Deputy"));
    line.addAll(List.of("run", "Jenkinsfile", "--approve", "trainer", "--output", "json"));
    start(line, Map.of("PATH", System.getenv("PATH")), "controller");
  }

  /** As far as an agent comes that is refused. */
  private void trainAgent(Path cache) throws IOException, InterruptedException {
    List<String> line = command(cache);
    line.addAll(List.of("-cp", home.resolve("agent/lib") + "/*", "dev.deputy.agent.Agent"));
    try (TrainingController controller = TrainingController.start()) {
      String address = "127.0.0.1:" + controller.port();
      Map<String, String> environment =
          Map.of(
              "PATH",
              System.getenv("PATH"),
              "AWS_REGION",
              "eu-west-1",
              "AWS_ENDPOINT_URL",
              "http://" + address,
              "DEPUTY_LAUNCH",
              "training",
              "DEPUTY_URL",
              "ws://" + address,
              "DEPUTY_RECONNECT_SECONDS",
              "1",
              "AWS_CONTAINER_CREDENTIALS_FULL_URI",
              "http://" + address + "/credentials",
              "AWS_CONTAINER_AUTHORIZATION_TOKEN",
              "none");
      start(line, environment, "agent");
    }
  }

  private List<String> command(Path cache) {
    List<String> line = new ArrayList<>(List.of(java.toString(), "-XX:AOTCacheOutput=" + cache));
    line.addAll(JAVA_OPTIONS);
    return line;
  }

  private void start(List<String> line, Map<String, String> environment, String who)
      throws IOException, InterruptedException {
    File log = home.resolve("training-" + who + ".log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(log);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }
}
