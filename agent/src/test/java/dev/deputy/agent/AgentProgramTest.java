package dev.deputy.agent;

import static dev.deputy.agent.RunningAgent.script;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.CredentialsMode;
import dev.deputy.protocol.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, on the Java that is on the PATH (17 or newer). */
class AgentProgramTest {
  private final List<Process> started = new ArrayList<>();
  @TempDir Path folder;
  private FakeController controller;
  private FakeAws aws;

  @BeforeEach
  void open() throws Exception {
    assertThat(folder.toFile().setExecutable(true, false)).isTrue();
    controller = new FakeController();
    aws = new FakeAws();
  }

  @AfterEach
  void close() throws Exception {
    started.forEach(Process::destroyForcibly);
    controller.stop();
    aws.close();
  }

  @Test
  void programServesUntilItIsStopped() throws Exception {
    Process process = start(Map.of());
    controller.await(AgentMessage.Ready.class);
    controller.send(script("one", "echo hello\n"));
    controller.awaitExit("one");

    controller.send(new ControllerMessage.Stop());

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(controller.output("one")).isEqualTo("+ echo hello\nhello\n");
    assertThat(log(process).lines()).allMatch(line -> line.startsWith("deputy-agent INFO "));
  }

  @Test
  void programThatIsTerminatedEndsItsStepsAndSaysSo() throws Exception {
    Process process = start(Map.of());
    controller.await(AgentMessage.Ready.class);
    controller.send(
        script("one", "trap 'echo cleaned; exit' TERM\necho begun\nsleep 1000 & wait\n"));
    controller.awaitOutput("one", "begun");

    process.destroy();

    assertThat(controller.awaitExit("one").outcome()).isEqualTo(new Outcome.Cancelled());
    assertThat(controller.await(AgentMessage.Bye.class).reason()).isEqualTo("terminated");
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(controller.output("one")).contains("cleaned\n");
    assertThat(folder.resolve("agent")).isEmptyDirectory();
  }

  @Test
  void killedProgramLeavesNoProcessOfItsStepsBehind() throws Exception {
    Process process = start(Map.of());
    controller.await(AgentMessage.Ready.class);
    String marker = "86397." + process.pid();
    controller.send(
        script("one", "setsid sleep " + marker + " &\necho begun\nsleep " + marker + "\n"));
    controller.awaitOutput("one", "begun");
    assertThat(commandLines()).anyMatch(line -> line.contains(marker));

    process.destroyForcibly();

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> commandLines().stream().noneMatch(line -> line.contains(marker)));
  }

  private static List<String> commandLines() {
    return ProcessHandle.allProcesses().flatMap(p -> p.info().commandLine().stream()).toList();
  }

  @Test
  void stepCannotReadTheProgramsEnvironment() throws Exception {
    assumeTrue(Programs.root(), "the agent is not root: isolation none");
    controller.mode(CredentialsMode.TASK_ROLE);
    Process process = start(Map.of());
    controller.await(AgentMessage.Ready.class);

    controller.send(
        script(
            "one",
            "set +xe\nfor f in environ mem maps fd cwd; do head -c 9 /proc/"
                + process.pid()
                + "/$f && echo reached $f\nls /proc/"
                + process.pid()
                + "/$f/ && echo reached $f\ndone\necho done\n"));

    controller.awaitOutput("one", "\ndone\n");
    assertThat(controller.output("one")).doesNotContain("reached", FakeAws.ENDPOINT_TOKEN);
  }

  @Test
  void wrongEnvironmentIsSaidByName() throws Exception {
    Process process = start(Map.of("DEPUTY_URL", "http://user:hidden@controller"));

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(64);
    assertThat(log(process))
        .isEqualTo("deputy-agent ERROR DEPUTY_URL is no address of ws or wss\n");
  }

  private static String log(Process process) throws Exception {
    return new String(process.getErrorStream().readAllBytes(), UTF_8);
  }

  private Process start(Map<String, String> more) throws Exception {
    String classes = System.getProperty("java.class.path");
    ProcessBuilder builder =
        new ProcessBuilder("java", "-XX:+UseSerialGC", "-cp", classes, Agent.class.getName());
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("DEPUTY_URL", controller.address().toString());
    environment.put("DEPUTY_LAUNCH", "launch-" + ProcessHandle.current().pid());
    environment.put("DEPUTY_DIR", folder.resolve("agent").toString());
    environment.put("AWS_REGION", "eu-west-1");
    environment.put("AWS_ENDPOINT_URL", aws.sts().toString());
    environment.put(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.sts().resolve("/task-credentials").toString());
    environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", FakeAws.ENDPOINT_TOKEN);
    environment.putAll(more);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return process;
  }
}
