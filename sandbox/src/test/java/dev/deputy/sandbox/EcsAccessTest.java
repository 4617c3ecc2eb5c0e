package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AccessDeniedException;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.Task;

@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
class EcsAccessTest {
  private static EcsFixture fixture;

  @BeforeAll
  static void start() {
    fixture = EcsFixture.start();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  private static EcsClient as(String role) {
    return fixture.root().assume(role, "controller").ecs();
  }

  @Test
  void policyOnOneRevisionAllowsThatOneOnly() {
    String first = fixture.register("pinned", "true");
    String second = fixture.register("pinned", "false");
    EcsClient controller = as(fixture.role("pinning", "\"ecs:RunTask\"", first));
    assertThat(controller.runTask(r -> r.cluster("agents").taskDefinition(first)).tasks())
        .hasSize(1);
    assertThat(controller.runTask(r -> r.cluster("agents").taskDefinition("pinned:1")).tasks())
        .hasSize(1);
    for (String other : new String[] {second, "pinned:2", "pinned"}) {
      assertThatThrownBy(() -> controller.runTask(r -> r.cluster("agents").taskDefinition(other)))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("is not authorized to perform: ecs:RunTask on resource: " + second);
    }
  }

  @Test
  void clusterOfAConditionIsTheOnlyOne() {
    fixture.root().ecs().createCluster(c -> c.clusterName("elsewhere"));
    String definition = fixture.register("clustered", "true");
    String role = fixture.role("one-cluster", "\"sts:GetCallerIdentity\"", "*");
    fixture
        .root()
        .iam()
        .putRolePolicy(p ->
            p.roleName("one-cluster")
                .policyName("run")
                .policyDocument(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecs:RunTask","Resource":"*",
                     "Condition":{"ArnEquals":{"ecs:cluster":"arn:aws:ecs:eu-west-1:000000000000:cluster/agents"}}}]}
                    """));
    EcsClient controller = as(role);
    controller.runTask(r -> r.cluster("agents").taskDefinition(definition));
    assertThatThrownBy(
            () -> controller.runTask(r -> r.cluster("elsewhere").taskDefinition(definition)))
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void roleMustBePassedToBeUsed() {
    String taskRole = fixture.taskRole("passed", "\"ssm:GetParameter\"", "*");
    String other = fixture.taskRole("not-passed", "\"ssm:GetParameter\"", "*");
    String definition =
        fixture.register("passing", c -> c.command("true"), d -> d.taskRoleArn(taskRole));
    String role = fixture.role("no-pass", "\"ecs:*\"", "*");
    EcsClient controller = as(role);
    assertThatThrownBy(
            () -> controller.runTask(r -> r.cluster("agents").taskDefinition(definition)))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("iam:PassRole on resource: " + taskRole);
    assertThatThrownBy(() ->
            controller.registerTaskDefinition(r ->
                r.family("mine")
                    .taskRoleArn(taskRole)
                    .containerDefinitions(c -> c.name("a").image("shell").memory(64))))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("iam:PassRole on resource: " + taskRole);

    fixture.allow("no-pass", "\"iam:PassRole\"", taskRole);
    controller.runTask(r -> r.cluster("agents").taskDefinition(definition));
    assertThatThrownBy(() ->
            controller.runTask(r ->
                r.cluster("agents")
                    .taskDefinition(definition)
                    .overrides(o -> o.taskRoleArn(other))))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("iam:PassRole on resource: " + other);
    assertThatThrownBy(() ->
            controller.runTask(r ->
                r.cluster("agents")
                    .taskDefinition(definition)
                    .overrides(o -> o.executionRoleArn(other))))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("iam:PassRole on resource: " + other);
  }

  @Test
  void roleOfAnotherAccountCannotBePassed() {
    assertThatThrownBy(() ->
            fixture.register(
                "foreign", _ -> {}, d -> d.taskRoleArn("arn:aws:iam::111111111111:role/x")))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("Cross-account pass role is not allowed.");
  }

  @Test
  void roleThatDoesNotTrustTasksCannotBeUsed() {
    String untrusting = fixture.role("untrusting", "\"ssm:GetParameter\"", "*");
    String definition =
        fixture.register("untrusted", c -> c.command("true"), d -> d.taskRoleArn(untrusting));
    assertThatThrownBy(
            () -> fixture.root().ecs().runTask(r -> r.cluster("agents").taskDefinition(definition)))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("ECS was unable to assume the role '" + untrusting + "'");
  }

  @Test
  void taskDefinitionOfAnotherAccountIsOutOfReach() {
    String definition = fixture.register("ours", "true");
    EcsClient theirs = Clients.root(fixture.sandbox(), "111111111111").ecs();
    theirs.createCluster(c -> c.clusterName("agents"));
    assertThatThrownBy(() -> theirs.runTask(r -> r.cluster("agents").taskDefinition(definition)))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("ecs:RunTask on resource: " + definition);
    assertThatThrownBy(() -> theirs.describeTaskDefinition(d -> d.taskDefinition(definition)))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("Identifier is for 000000000000. Your accountId is 111111111111");
    Task task = fixture.running(fixture.register("guarded", "sleep 1000"));
    assertThatThrownBy(() -> theirs.stopTask(s -> s.cluster("agents").task(task.taskArn())))
        .isInstanceOf(InvalidParameterException.class);
    EcsClient weak = as(fixture.role("weak", "\"ecs:StopTask\"", task.taskArn() + "0"));
    assertThatThrownBy(() -> weak.stopTask(s -> s.cluster("agents").task(task.taskArn())))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("ecs:StopTask on resource: " + task.taskArn());
  }

  @Test
  void tagsNeedTheirOwnPermission() {
    String definition = fixture.register("to-tag", "true");
    EcsClient controller = as(fixture.role("no-tags", "\"ecs:RunTask\"", "*"));
    assertThatThrownBy(() ->
            controller.runTask(r ->
                r.cluster("agents").taskDefinition(definition).tags(t -> t.key("a").value("b"))))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("ecs:TagResource");
  }

  @Test
  void executionRoleWritesTheLog() {
    String silent = fixture.taskRole("silent", "\"logs:CreateLogStream\"", "*");
    String definition =
        fixture.register("logging", c -> c.command("true"), d -> d.executionRoleArn(silent));
    String mute = fixture.taskRole("mute", "\"ssm:GetParameter\"", "*");
    Task refused =
        fixture.run(
            fixture.register("not-logging", c -> c.command("true"), d -> d.executionRoleArn(mute)));
    assertThat(refused.containers().getFirst().reason())
        .startsWith("CannotStartContainerError: ")
        .contains("failed to create Cloudwatch log stream: AccessDeniedException");
    assertThat(fixture.run(definition).containers().getFirst().exitCode()).isEqualTo(0);
  }

  @Test
  void trailNamesTheTaskAndHidesTheEnvironment() {
    String definition = fixture.register("trailed", "true");
    Task task =
        fixture
            .root()
            .ecs()
            .runTask(r ->
                r.cluster("agents")
                    .taskDefinition(definition)
                    .overrides(o ->
                        o.containerOverrides(c ->
                            c.name("main").environment(e -> e.name("TOKEN").value("hush-hush")))))
            .tasks()
            .getFirst();
    var events =
        fixture
            .root()
            .trail()
            .lookupEvents(l ->
                l.lookupAttributes(a ->
                    a.attributeKey(LookupAttributeKey.RESOURCE_NAME)
                        .attributeValue(task.taskArn())))
            .events();
    assertThat(events)
        .singleElement()
        .satisfies(e -> assertThat(e.eventName()).isEqualTo("RunTask"));
    assertThat(events.getFirst().cloudTrailEvent()).doesNotContain("hush-hush");
  }
}
