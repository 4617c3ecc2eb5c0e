package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.sandbox.Identity.AwsService;
import dev.deputy.sandbox.Identity.Root;
import dev.deputy.sandbox.ServiceSessions.Issued;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Calls inside the sandbox, from one service to another. */
class ServiceSessionsTest {
  private static final String ACCOUNT = "000000000000";
  private static final String REGION = "eu-west-1";
  private static final String ROLE = "arn:aws:iam::000000000000:role/task";
  private static final AwsService ECS =
      new AwsService(
          "ecs-tasks.amazonaws.com", ACCOUNT, "arn:aws:ecs:eu-west-1:000000000000:task/c/1");

  private final Keys keys = new Keys(Clock.systemUTC());
  private final Directory directory = new Directory();
  private final EventHistory history = new EventHistory();
  private final Dispatcher dispatcher =
      new Dispatcher(new Authorizer(directory), history, Clock.systemUTC());
  private final ServiceSessions sessions = new ServiceSessions(dispatcher, keys, directory);
  private final Caller root =
      new Caller(
          new Root(ACCOUNT), keys.root(ACCOUNT).id(), REGION, "127.0.0.1", "", Optional.empty());

  ServiceSessionsTest() {
    dispatcher.add(new StsService(directory, keys));
    dispatcher.add(new IamService(directory));
    dispatcher.add(new LogsService());
  }

  private void role(String trust) {
    dispatcher.invoke(
        root,
        "iam",
        "CreateRole",
        Call.object().put("RoleName", "task").put("AssumeRolePolicyDocument", trust));
  }

  private Issued issue() {
    return sessions.issue(ECS, ROLE, "task-id", Duration.ofHours(6), REGION);
  }

  @Test
  void serviceAssumesARoleThatTrustsIt() {
    role(Roles.trusting("Service", "ecs-tasks.amazonaws.com"));
    Issued issued = issue();
    assertThat(issued.session().arn())
        .isEqualTo("arn:aws:sts::000000000000:assumed-role/task/task-id");
    assertThat(issued.session().issued().plus(Duration.ofHours(6)))
        .isEqualTo(issued.session().expires());
    assertThat(issued.toString()).doesNotContain(issued.key().secret());
    var event = history.newestFirst(ACCOUNT, REGION).getFirst();
    assertThat(event.name()).isEqualTo("AssumeRole");
    assertThat(event.json())
        .contains("\"type\":\"AWSService\"")
        .contains("\"invokedBy\":\"ecs-tasks.amazonaws.com\"")
        .doesNotContain(issued.key().secret());
  }

  @Test
  void anotherServiceIsDenied() {
    role(Roles.trusting("Service", "ec2.amazonaws.com"));
    assertThatThrownBy(this::issue)
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("ecs-tasks.amazonaws.com is not authorized to perform: sts:Assume");
  }

  @Test
  void accountTrustDoesNotLetServicesIn() {
    role(Roles.trusting(ACCOUNT));
    assertThatThrownBy(this::issue).isInstanceOf(AwsException.class);
  }

  @Test
  void sourceAccountAndArnAreChecked() {
    role(
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
         "Principal":{"Service":"ecs-tasks.amazonaws.com"},"Condition":{
           "StringEquals":{"aws:SourceAccount":"000000000000"},
           "ArnLike":{"aws:SourceArn":"arn:aws:ecs:eu-west-1:000000000000:*"}}}]}\
        """);
    assertThat(issue().key().id()).startsWith("ASIA");
    var foreign =
        new AwsService(ECS.name(), "999999999999", "arn:aws:ecs:eu-west-1:999999999999:task/c/1");
    assertThatThrownBy(() -> sessions.issue(foreign, ROLE, "x1", Duration.ofHours(1), REGION))
        .isInstanceOf(AwsException.class);
  }

  @Test
  void serviceWorksWithTheSessionsPermissions() {
    role(Roles.trusting("Service", "ecs-tasks.amazonaws.com"));
    Issued issued = issue();
    Caller execution = Caller.of(issued.session(), issued.key(), REGION, "ecs-tasks.amazonaws.com");
    ObjectNode group = Call.object().put("logGroupName", "g");
    assertThatThrownBy(() -> dispatcher.invoke(execution, "logs", "CreateLogGroup", group))
        .hasMessageContaining("because no identity-based policy allows");
    dispatcher.invoke(
        root,
        "iam",
        "PutRolePolicy",
        Call.object()
            .put("RoleName", "task")
            .put("PolicyName", "p")
            .put("PolicyDocument", Roles.allowing("logs:*", "*")));
    dispatcher.invoke(execution, "logs", "CreateLogGroup", group);
    assertThat(history.newestFirst(ACCOUNT, REGION).getFirst().json())
        .contains("\"invokedBy\":\"ecs-tasks.amazonaws.com\"")
        .contains("assumed-role/task/task-id");
  }

  @Test
  void unknownServiceAndActionAreRefused() {
    assertThatThrownBy(() -> dispatcher.invoke(root, "s3", "ListBuckets", Call.object()))
        .isInstanceOf(AwsException.class);
    assertThatThrownBy(() -> dispatcher.invoke(root, "logs", "StartQuery", Call.object()))
        .isInstanceOf(AwsException.class);
  }
}
