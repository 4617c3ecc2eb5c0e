package dev.deputy.sandbox;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/** A sandbox with a cluster, an image that is a shell, and a log group. */
record EcsFixture(Sandbox sandbox, Clients root) implements AutoCloseable {
  static final String ACCOUNT = "000000000000";
  static final String GROUP = "/ecs/tasks";

  static EcsFixture start() {
    return start("shell", ImageCommand.of("/bin/sh", "-c"));
  }

  static EcsFixture start(String image, ImageCommand command) {
    Sandbox sandbox = Sandbox.builder().image(image, command).start();
    EcsFixture fixture = new EcsFixture(sandbox, Clients.root(sandbox, ACCOUNT));
    fixture.root.ecs().createCluster(c -> c.clusterName("agents"));
    fixture.root.logs().createLogGroup(g -> g.logGroupName(GROUP));
    return fixture;
  }

  /** Registers a definition that runs a script, with its output in the log group. */
  String register(String family, String script) {
    return register(family, c -> c.command(script));
  }

  String register(String family, Consumer<ContainerDefinition.Builder> container) {
    return register(family, container, _ -> {});
  }

  String register(
      String family,
      Consumer<ContainerDefinition.Builder> container,
      Consumer<RegisterTaskDefinitionRequest.Builder> definition) {
    ContainerDefinition.Builder builder =
        ContainerDefinition.builder()
            .name("main")
            .image("shell")
            .memory(64)
            .logConfiguration(l ->
                l.logDriver("awslogs")
                    .options(
                        java.util.Map.of(
                            "awslogs-group",
                            GROUP,
                            "awslogs-region",
                            "eu-west-1",
                            "awslogs-stream-prefix",
                            "jenkins")));
    container.accept(builder);
    RegisterTaskDefinitionRequest.Builder request =
        RegisterTaskDefinitionRequest.builder()
            .family(family)
            .containerDefinitions(builder.build());
    definition.accept(request);
    return root.ecs().registerTaskDefinition(request.build()).taskDefinition().taskDefinitionArn();
  }

  /** Runs a task to its end. */
  Task run(String definition) {
    return stopped(launch(definition));
  }

  /** Launches a task and waits until it runs. */
  Task running(String definition) {
    Task task = launch(definition);
    return Await.until(() -> describe(task), found -> found.lastStatus().equals("RUNNING"));
  }

  private Task launch(String definition) {
    return root.ecs()
        .runTask(r -> r.cluster("agents").taskDefinition(definition))
        .tasks()
        .getFirst();
  }

  Task stopped(Task task) {
    return Await.until(() -> describe(task), found -> found.lastStatus().equals("STOPPED"));
  }

  Task describe(Task task) {
    return root.ecs()
        .describeTasks(d -> d.cluster("agents").tasks(task.taskArn()))
        .tasks()
        .getFirst();
  }

  /** What a task has written so far. */
  String log(Task task) {
    String id = task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1);
    List<OutputLogEvent> events =
        root.logs()
            .getLogEvents(
                g -> g.logGroupName(GROUP).logStreamName("jenkins/main/" + id).startFromHead(true))
            .events();
    return events.stream().map(OutputLogEvent::message).collect(Collectors.joining("\n"));
  }

  /** A role that tasks of this account may have, with one embedded policy. */
  String taskRole(String name, String actions, String resource) {
    root.iam()
        .createRole(r ->
            r.roleName(name)
                .assumeRolePolicyDocument(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                     "Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole",
                     "Condition":{"StringEquals":{"aws:SourceAccount":"000000000000"},
                      "ArnLike":{"aws:SourceArn":"arn:aws:ecs:eu-west-1:000000000000:*"}}}]}
                    """));
    allow(name, actions, resource);
    return "arn:aws:iam::000000000000:role/" + name;
  }

  /** A role that the account's root may assume, with one embedded policy. */
  String role(String name, String actions, String resource) {
    root.iam()
        .createRole(r ->
            r.roleName(name)
                .assumeRolePolicyDocument(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                     "Principal":{"AWS":"arn:aws:iam::000000000000:root"},"Action":"sts:AssumeRole"}]}
                    """));
    allow(name, actions, resource);
    return "arn:aws:iam::000000000000:role/" + name;
  }

  /** Embeds one more policy in a role. */
  void allow(String role, String actions, String resource) {
    root.iam()
        .putRolePolicy(p ->
            p.roleName(role)
                .policyName(Integer.toHexString((actions + resource).hashCode()))
                .policyDocument(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[%s],"Resource":"%s"}]}
                    """
                        .formatted(actions, resource)));
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
