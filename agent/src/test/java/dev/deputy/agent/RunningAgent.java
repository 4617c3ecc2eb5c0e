package dev.deputy.agent;

import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.StepId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An agent in this JVM, running against fakes. */
final class RunningAgent {
  private static final AtomicInteger LAUNCHES = new AtomicInteger();

  private final CompletableFuture<Integer> status = new CompletableFuture<>();

  private RunningAgent() {}

  /** Starts an agent whose folder is inside the given one. */
  static RunningAgent start(FakeController controller, FakeAws aws, Path folder) throws Exception {
    return start(config(controller.address(), aws, folder, Duration.ofSeconds(20)));
  }

  static RunningAgent start(AgentConfig config) throws Exception {
    RunningAgent running = new RunningAgent();
    Agent agent = Agent.make(config);
    Threads.start("agent", () -> running.run(agent));
    return running;
  }

  static AgentConfig config(URI controller, FakeAws aws, Path folder, Duration reconnect) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    String launch = "launch-" + ProcessHandle.current().pid() + '-' + LAUNCHES.incrementAndGet();
    environment.put("DEPUTY_LAUNCH", launch);
    environment.put("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/secret-of-the-task");
    environment.put("AWS_SECRET_ACCESS_KEY", "static-secret-of-the-agent");
    return new AgentConfig(
        controller,
        launch,
        Optional.of(FakeController.SERVER_ID),
        "eu-west-1",
        aws.sts(),
        Optional.of("arn:aws:iam::111111111111:role/deploy"),
        aws.endpoint(),
        folder.resolve("agent"),
        reconnect,
        10001,
        10001,
        false,
        Set.of(),
        environment);
  }

  private void run(Agent agent) throws Exception {
    try {
      status.complete(agent.run());
    } catch (Exception e) {
      status.completeExceptionally(e);
      throw e;
    }
  }

  /** The exit status, when the agent has ended. */
  int awaitStatus() throws Exception {
    return status.get(20, TimeUnit.SECONDS);
  }

  boolean isRunning() {
    return !status.isDone();
  }

  /** An order to run a script in the workspace. */
  static ControllerMessage.Start script(String step, String script) {
    return script(step, script, Map.of(), Optional.empty());
  }

  static ControllerMessage.Start script(
      String step, String script, Map<String, String> environment, Optional<Duration> timeout) {
    return new ControllerMessage.Start(
        new StepId(step), script, environment, "", timeout, false, List.of());
  }
}
