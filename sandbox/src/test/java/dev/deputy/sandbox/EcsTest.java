package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterContainsTasksException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskField;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
class EcsTest {
  private static EcsFixture fixture;
  private static EcsClient ecs;

  @BeforeAll
  static void start() {
    fixture = EcsFixture.start();
    ecs = fixture.root().ecs();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void taskRunsToItsExitStatus() {
    Task stopped = fixture.run(fixture.register("exits", "exit 3"));
    assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
    assertThat(stopped.stoppedReason()).isEqualTo("Essential container in task exited");
    assertThat(stopped.desiredStatus()).isEqualTo("STOPPED");
    assertThat(stopped.containers().getFirst().exitCode()).isEqualTo(3);
    assertThat(stopped.createdAt()).isBeforeOrEqualTo(stopped.startedAt());
    assertThat(stopped.startedAt()).isBeforeOrEqualTo(stopped.stoppedAt());
    assertThat(stopped.group()).isEqualTo("family:exits");
  }

  @Test
  void unknownImageCannotBePulled() {
    String definition = fixture.register("unknown", c -> c.image("nowhere:1"));
    Task stopped = fixture.run(definition);
    assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
    assertThat(stopped.stoppedReason()).isEqualTo("Task failed to start");
    assertThat(stopped.startedAt()).isNull();
    assertThat(stopped.containers().getFirst().exitCode()).isNull();
    assertThat(stopped.containers().getFirst().reason())
        .startsWith("CannotPullContainerError: ")
        .contains("pull access denied for nowhere:1");
  }

  @Test
  void whatAProcessCannotGiveIsRefusedByName() {
    String definition = fixture.register("docker", c -> c.privileged(true).command("true"));
    assertThat(fixture.run(definition).containers().getFirst().reason())
        .startsWith("CannotStartContainerError: ")
        .contains("privileged");
    assertThatThrownBy(() ->
            ecs.registerTaskDefinition(r ->
                r.family("efs")
                    .containerDefinitions(c -> c.name("a").image("shell").memory(64))
                    .volumes(v -> v.name("v").efsVolumeConfiguration(e -> e.fileSystemId("fs")))))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("efsVolumeConfiguration");
  }

  @Test
  void stoppedTaskIsAskedFirst() {
    String definition =
        fixture.register("polite", "trap 'exit 7' TERM; echo ready; while :; do sleep 0.05; done");
    Task task = fixture.running(definition);
    Await.until(() -> fixture.log(task), log -> log.equals("ready"));
    ecs.stopTask(s -> s.cluster("agents").task(task.taskArn()).reason("enough"));
    Task stopped = fixture.stopped(task);
    assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
    assertThat(stopped.stoppedReason()).isEqualTo("enough");
    assertThat(stopped.containers().getFirst().exitCode()).isEqualTo(7);
  }

  @Test
  void stoppedTaskThatDoesNotListenIsKilled() {
    String definition =
        fixture.register(
            "deaf", c -> c.command("trap '' TERM; while :; do sleep 0.05; done").stopTimeout(1));
    Task task = fixture.running(definition);
    ecs.stopTask(s -> s.cluster("agents").task(task.taskArn()));
    assertThat(fixture.stopped(task).containers().getFirst().exitCode()).isEqualTo(137);
  }

  @Test
  void initProcessLetsPlainProgramsEnd() {
    String definition =
        fixture.register(
            "init",
            c -> c.command("sleep 1000; :").linuxParameters(l -> l.initProcessEnabled(true)));
    Task task = fixture.running(definition);
    ecs.stopTask(s -> s.cluster("agents").task(task.taskArn()));
    assertThat(fixture.stopped(task).containers().getFirst().exitCode()).isEqualTo(143);
  }

  @Test
  void overridesChangeCommandAndEnvironment() {
    String definition =
        fixture.register(
            "overridden", c -> c.command("exit 1").environment(e -> e.name("A").value("1")));
    Task task =
        ecs.runTask(r ->
                r.cluster("agents")
                    .taskDefinition(definition)
                    .overrides(o ->
                        o.containerOverrides(c ->
                            c.name("main")
                                .command("exit $A$B")
                                .environment(e -> e.name("B").value("2")))))
            .tasks()
            .getFirst();
    assertThat(fixture.stopped(task).containers().getFirst().exitCode()).isEqualTo(12);
    assertThatThrownBy(() ->
            ecs.runTask(r ->
                r.cluster("agents")
                    .taskDefinition(definition)
                    .overrides(o -> o.containerOverrides(c -> c.name("other")))))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining(
            "Override for container named other is not a container in the TaskDefinition.");
    assertThatThrownBy(() ->
            ecs.runTask(r ->
                r.cluster("agents")
                    .taskDefinition(definition)
                    .overrides(
                        o -> o.containerOverrides(c -> c.name("main").command("x".repeat(8200))))))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("8192");
  }

  @Test
  void essentialContainerTakesTheOthersWithIt() {
    String definition =
        ecs.registerTaskDefinition(r ->
                r.family("several")
                    .containerDefinitions(
                        c -> c.name("main").image("shell").memory(64).command("sleep 0.2; exit 4"),
                        c ->
                            c.name("side")
                                .image("shell")
                                .memory(64)
                                .essential(false)
                                .command("trap 'exit 5' TERM; while :; do sleep 0.05; done")))
            .taskDefinition()
            .taskDefinitionArn();
    Task stopped = fixture.run(definition);
    assertThat(stopped.containers()).extracting(c -> c.exitCode()).containsExactly(4, 5);
    assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
  }

  @Test
  void sameClientTokenLaunchesOnce() {
    String definition = fixture.register("once", "sleep 0.1");
    Task first = launch(definition, "token-1", "me");
    Task again = launch(definition, "token-1", "me");
    assertThat(again.taskArn()).isEqualTo(first.taskArn());
    assertThat(launch(definition, "token-2", "me").taskArn()).isNotEqualTo(first.taskArn());
    assertThatThrownBy(() -> launch(definition, "token-1", "somebody-else"))
        .isInstanceOfSatisfying(
            ConflictException.class,
            conflict -> assertThat(conflict.resourceIds()).containsExactly(first.taskArn()));
    fixture.stopped(first);
    assertThat(launch(definition, "token-1", "me").lastStatus()).isEqualTo("STOPPED");
  }

  private static Task launch(String definition, String token, String startedBy) {
    return ecs.runTask(r ->
            r.cluster("agents").taskDefinition(definition).clientToken(token).startedBy(startedBy))
        .tasks()
        .getFirst();
  }

  @Test
  void tasksAreListedByWhatTheyAre() {
    String definition = fixture.register("listed", "sleep 1000");
    List<Task> tasks =
        ecs.runTask(
                r -> r.cluster("agents").taskDefinition(definition).count(2).startedBy("lister"))
            .tasks();
    assertThat(tasks).hasSize(2);
    List<String> arns = tasks.stream().map(Task::taskArn).toList();
    assertThat(ecs.listTasks(l -> l.cluster("agents").startedBy("lister")).taskArns())
        .containsExactlyInAnyOrderElementsOf(arns);
    assertThat(ecs.listTasks(l -> l.cluster("agents").family("listed")).taskArns()).hasSize(2);
    assertThatThrownBy(
            () -> ecs.listTasks(l -> l.cluster("agents").startedBy("lister").family("listed")))
        .isInstanceOf(InvalidParameterException.class);
    arns.forEach(arn -> ecs.stopTask(s -> s.cluster("agents").task(arn)));
    assertThat(ecs.listTasks(l -> l.cluster("agents").startedBy("lister")).taskArns()).isEmpty();
    assertThat(
            ecs.listTasks(l ->
                    l.cluster("agents").startedBy("lister").desiredStatus(DesiredStatus.STOPPED))
                .taskArns())
        .hasSize(2);
  }

  @Test
  void missingTaskIsAFailureAndNotAnError() {
    var answer = ecs.describeTasks(d -> d.cluster("agents").tasks("0123456789abcdef"));
    assertThat(answer.tasks()).isEmpty();
    assertThat(answer.failures())
        .singleElement()
        .satisfies(failure -> {
          assertThat(failure.reason()).isEqualTo("MISSING");
          assertThat(failure.arn())
              .isEqualTo("arn:aws:ecs:eu-west-1:000000000000:task/agents/0123456789abcdef");
        });
  }

  @Test
  void unknownThingsAreNamed() {
    String definition = fixture.register("known", "true");
    assertThatThrownBy(() -> ecs.runTask(r -> r.cluster("nowhere").taskDefinition(definition)))
        .isInstanceOf(ClusterNotFoundException.class)
        .hasMessageContaining("Cluster not found.");
    assertThatThrownBy(() -> ecs.runTask(r -> r.cluster("agents").taskDefinition("nothing")))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("TaskDefinition not found.");
    ecs.deregisterTaskDefinition(d -> d.taskDefinition(definition));
    assertThatThrownBy(() -> ecs.runTask(r -> r.cluster("agents").taskDefinition(definition)))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("TaskDefinition is inactive");
    assertThatThrownBy(() -> ecs.describeTaskDefinition(d -> d.taskDefinition("nothing")))
        .hasMessageContaining("Unable to describe task definition.");
    assertThatThrownBy(
            () -> ecs.runTask(r -> r.cluster("agents").taskDefinition("x").startedBy("a:b")))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("startedBy");
  }

  @Test
  void revisionsCountUpAndAreListed() {
    String first = fixture.register("revised", "true");
    String second = fixture.register("revised", "false");
    assertThat(first).endsWith("revised:1");
    assertThat(second).endsWith("revised:2");
    assertThat(ecs.describeTaskDefinition(d -> d.taskDefinition("revised")).taskDefinition())
        .satisfies(newest -> assertThat(newest.revision()).isEqualTo(2));
    ecs.deregisterTaskDefinition(d -> d.taskDefinition("revised:2"));
    assertThat(ecs.listTaskDefinitions(l -> l.familyPrefix("revised")).taskDefinitionArns())
        .containsExactly(first);
    assertThat(fixture.register("revised", "true")).endsWith("revised:3");
  }

  @Test
  void definitionKeepsWhatItWasGiven() {
    var definition =
        ecs.registerTaskDefinition(r ->
                r.family("full")
                    .networkMode("bridge")
                    .tags(Tag.builder().key("team").value("x").build())
                    .containerDefinitions(c ->
                        c.name("a")
                            .image("shell")
                            .cpu(2048)
                            .memoryReservation(3584)
                            .portMappings(p -> p.containerPort(80).protocol(TransportProtocol.TCP))
                            .dockerLabels(Map.of("Kept", "AsIs"))))
            .taskDefinition();
    assertThat(definition.containerDefinitions().getFirst().essential()).isTrue();
    assertThat(definition.containerDefinitions().getFirst().dockerLabels())
        .containsEntry("Kept", "AsIs");
    assertThat(definition.compatibilities()).contains(Compatibility.EC2);
    assertThat(
            ecs.describeTaskDefinition(
                    d -> d.taskDefinition("full").include(TaskDefinitionField.TAGS))
                .tags())
        .extracting(Tag::key)
        .containsExactly("team");
  }

  @Test
  void fargateTakesItsSizesOnly() {
    assertThatThrownBy(() -> fargate("2048", "3584"))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("No Fargate configuration exists for given values");
    assertThat(fargate("2048", "4096")).endsWith(":1");
    String ec2 = fixture.register("ec2-only", "true");
    assertThatThrownBy(() ->
            ecs.runTask(
                r -> r.cluster("agents").taskDefinition(ec2).launchType(LaunchType.FARGATE)))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("Task definition does not support launch_type FARGATE.");
  }

  private static String fargate(String cpu, String memory) {
    return ecs.registerTaskDefinition(r ->
            r.family("fargate")
                .requiresCompatibilities(Compatibility.FARGATE)
                .networkMode("awsvpc")
                .cpu(cpu)
                .memory(memory)
                .containerDefinitions(c -> c.name("a").image("shell")))
        .taskDefinition()
        .taskDefinitionArn();
  }

  @Test
  void containerNeedsMemory() {
    assertThatThrownBy(() ->
            ecs.registerTaskDefinition(
                r -> r.family("small").containerDefinitions(c -> c.name("a").image("shell"))))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining(
            "Invalid setting for container 'a'. At least one of 'memory' or 'memoryReservation'"
                + " must be specified.");
  }

  @Test
  void tagsOfATaskGoWhenItIsStopped() {
    String definition = fixture.register("tagged", "sleep 1000");
    Task task =
        ecs.runTask(r ->
                r.cluster("agents")
                    .taskDefinition(definition)
                    .tags(t -> t.key("launch").value("1")))
            .tasks()
            .getFirst();
    ecs.tagResource(
        t -> t.resourceArn(task.taskArn()).tags(Tag.builder().key("more").value("2").build()));
    assertThat(ecs.listTagsForResource(l -> l.resourceArn(task.taskArn())).tags())
        .extracting(Tag::key)
        .containsExactlyInAnyOrder("launch", "more");
    assertThat(
            ecs.describeTasks(
                    d -> d.cluster("agents").tasks(task.taskArn()).include(TaskField.TAGS))
                .tasks()
                .getFirst()
                .tags())
        .hasSize(2);
    ecs.stopTask(s -> s.cluster("agents").task(task.taskArn()));
    assertThat(ecs.listTagsForResource(l -> l.resourceArn(task.taskArn())).tags()).isEmpty();
  }

  @Test
  void clusterWithTasksStays() {
    ecs.createCluster(c -> c.clusterName("busy"));
    String definition = fixture.register("busy", c -> c.command("sleep 1000").stopTimeout(0));
    Task task = ecs.runTask(r -> r.cluster("busy").taskDefinition(definition)).tasks().getFirst();
    assertThatThrownBy(() -> ecs.deleteCluster(d -> d.cluster("busy")))
        .isInstanceOf(ClusterContainsTasksException.class);
    ecs.stopTask(s -> s.cluster("busy").task(task.taskArn()));
    Await.until(
        () -> ecs.describeTasks(d -> d.cluster("busy").tasks(task.taskArn())).tasks().getFirst(),
        found -> found.lastStatus().equals("STOPPED"));
    assertThat(ecs.deleteCluster(d -> d.cluster("busy")).cluster().status()).isEqualTo("INACTIVE");
    assertThat(ecs.describeClusters(d -> d.clusters("busy", "none")).failures())
        .extracting(f -> f.reason())
        .containsExactly("MISSING");
  }
}
