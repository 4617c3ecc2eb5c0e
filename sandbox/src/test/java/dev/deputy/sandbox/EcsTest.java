package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

class EcsTest {
  private static final String ACCOUNT = "000000000000";
  private static Sandbox sandbox;
  private static Clients root;
  private static EcsClient ecs;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.builder().image("shell", ImageCommand.of("/bin/sh", "-c")).start();
    root = Clients.root(sandbox, ACCOUNT);
    ecs = root.ecs();
    ecs.createCluster(c -> c.clusterName("agents"));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Test
  void taskRunsToItsExitStatus() {
    Task stopped = run(register("exits", "exit 3"));
    assertThat(stopped.lastStatus()).isEqualTo("STOPPED");
    assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
    assertThat(stopped.stoppedReason()).isEqualTo("Essential container in task exited");
    assertThat(stopped.containers().getFirst().exitCode()).isEqualTo(3);
  }

  private static String register(String family, String script) {
    return register(family, c -> c.command(script));
  }

  private static String register(String family, Consumer<ContainerDefinition.Builder> container) {
    ContainerDefinition.Builder builder =
        ContainerDefinition.builder().name("main").image("shell").memory(64);
    container.accept(builder);
    return ecs.registerTaskDefinition(
            r -> r.family(family).containerDefinitions(builder.build()))
        .taskDefinition()
        .taskDefinitionArn();
  }

  private static Task run(String definition) {
    return stopped(
        ecs.runTask(r -> r.cluster("agents").taskDefinition(definition)).tasks().getFirst());
  }

  private static Task stopped(Task task) {
    return ecs.waiter()
        .waitUntilTasksStopped(
            r -> r.cluster("agents").tasks(task.taskArn()),
            o -> o.backoffStrategyV2(software.amazon.awssdk.retries.api.BackoffStrategy.fixedDelay(java.time.Duration.ofMillis(20))).maxAttempts(500))
        .matched()
        .response()
        .orElseThrow()
        .tasks()
        .getFirst();
  }
}
