package dev.deputy.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.AgentTemplate.TaskSize;
import dev.deputy.core.ControllerId;
import dev.deputy.core.CredentialsMode;
import dev.deputy.core.FailureClass;
import dev.deputy.core.Infrastructure;
import dev.deputy.core.LaunchId;
import dev.deputy.core.SourceRef;
import dev.deputy.core.Tasks;
import dev.deputy.core.Tasks.RunAnswer;
import dev.deputy.core.Tasks.RunRequest;
import dev.deputy.core.TemplateName;
import dev.deputy.sandbox.AccessKey;
import dev.deputy.sandbox.ImageCommand;
import dev.deputy.sandbox.Sandbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EcsException;

/** The templates, deployed to a sandbox that enforces what they say. */
class InfrastructureStacksTest {
  private static final String REGION = "eu-west-1";
  private static final Account TOOLING = account("tooling", "000000000000", Optional.empty());
  private static final Account PRODUCTION =
      account(
          "production",
          "444444444444",
          Optional.of(
              "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\":"
                  + " \"ssm:GetParameter\", \"Resource\": \"*\"}]}"));
  private static final AgentTemplate BUILDER = template("builder", Optional.empty());
  private static final AgentTemplate PRODUCTION_AGENT =
      template("production", Optional.of(PRODUCTION.name()));

  private final InfrastructureStacks stacks =
      new InfrastructureStacks(
          TOOLING,
          REGION,
          Map.of(TOOLING.name(), TOOLING, PRODUCTION.name(), PRODUCTION),
          "agents",
          List.of(BUILDER, PRODUCTION_AGENT));
  private Sandbox sandbox;

  @BeforeEach
  void start() {
    sandbox = Sandbox.builder().image("deputy-agent", ImageCommand.of("sleep", "60")).start();
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void everyTemplateIsDeployedAndReadBackByTheControllersOwnRole() throws Exception {
    Infrastructure infrastructure = stacks.read(controller(stacks.deploy(this::administrator)));

    assertThat(infrastructure.cluster())
        .isEqualTo("arn:aws:ecs:eu-west-1:000000000000:cluster/agents");
    assertThat(infrastructure.logGroup()).isEqualTo("/ecs/jenkins-agents");
    Infrastructure.Deployed production = infrastructure.templates().get(PRODUCTION_AGENT.name());
    assertThat(production).isNotNull();
    assertThat(production.taskDefinition())
        .isEqualTo(
            "arn:aws:ecs:eu-west-1:000000000000:task-definition/jenkins-agent-account-production:1");
    assertThat(production.taskRoleId()).startsWith("AROA");
    assertThat(production.deployRole())
        .contains("arn:aws:iam::444444444444:role/deputy-deploy-production");
    Infrastructure.Deployed builder = infrastructure.templates().get(BUILDER.name());
    assertThat(builder).isNotNull();
    assertThat(builder.deployRole()).isEmpty();
  }

  @Test
  void nobodyButTheControllersRoleIsAController() throws Exception {
    String role = stacks.deploy(this::administrator);

    assertThatThrownBy(() -> stacks.read(administrator(TOOLING, REGION)))
        .isInstanceOf(StackFailed.class)
        .hasMessageContainingAll("the credentials are those of", "has to act as " + role);
  }

  @Test
  void deployingAgainChangesNothing() throws Exception {
    String first = stacks.deploy(this::administrator);
    Infrastructure before = stacks.read(controller(first));

    assertThat(stacks.deploy(this::administrator)).isEqualTo(first);
    assertThat(stacks.read(controller(first))).isEqualTo(before);
  }

  @Test
  void controllerRunsListedRevisionsOnceForEachLaunchAndNothingElse() throws Exception {
    AwsConnection controller = controller(stacks.deploy(this::administrator));
    Infrastructure infrastructure = stacks.read(controller);
    try (EcsTasks tasks = new EcsTasks(controller, infrastructure.cluster())) {
      Infrastructure.Deployed production = infrastructure.templates().get(PRODUCTION_AGENT.name());
      assertThat(production).isNotNull();
      RunRequest request = request(production.taskDefinition());

      RunAnswer answer = tasks.run(request);

      assertThat(answer).isInstanceOf(RunAnswer.Started.class);
      assertThat(tasks.run(request)).as("the same launch again").isEqualTo(answer);
      assertThat(tasks.list(request.startedBy())).hasSize(1);
      String arn = ((RunAnswer.Started) answer).taskArn();
      assertThat(tasks.describe(List.of(arn)))
          .singleElement()
          .satisfies(task -> assertThat(task.stopped()).isFalse())
          .satisfies(task -> assertThat(task.launch()).contains(request.launch()));
      tasks.stop(arn, "test");

      assertThat(tasks.run(request(production.taskDefinition().replace(":1", ":2"))))
          .isInstanceOfSatisfying(
              RunAnswer.Refused.class,
              refused -> assertThat(refused.kind()).isNotEqualTo(FailureClass.TRANSIENT));
    }
    try (EcsClient ecs = controller.ecs()) {
      assertThatThrownBy(() ->
              ecs.registerTaskDefinition(call ->
                  call.family("own")
                      .containerDefinitions(
                          ContainerDefinition.builder().name("c").image("deputy-agent").build())))
          .isInstanceOfSatisfying(
              EcsException.class,
              e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
    }
  }

  private static RunRequest request(String taskDefinition) {
    var launch = new LaunchId(UUID.randomUUID().toString());
    return new RunRequest(
        launch,
        new ControllerId("deputy-test"),
        taskDefinition,
        Map.of(Tasks.LAUNCH_VARIABLE, launch.value()),
        Map.of("deputy:job", "examples/dtap"));
  }

  private AwsConnection administrator(Account account, String region) {
    assertThat(region).isEqualTo(REGION);
    AccessKey key = sandbox.rootKey(account.id());
    return connection(AwsBasicCredentials.create(key.id(), key.secret()));
  }

  private AwsConnection controller(String role) {
    AccessKey key = sandbox.serviceSession(role, "ec2.amazonaws.com", "controller");
    return connection(
        AwsSessionCredentials.create(key.id(), key.secret(), key.sessionToken().orElseThrow()));
  }

  private AwsConnection connection(AwsCredentials credentials) {
    return new AwsConnection(
        REGION, Optional.of(sandbox.endpoint()), StaticCredentialsProvider.create(credentials));
  }

  private static Account account(String name, String id, Optional<String> permissions) {
    return new Account(new AccountName(name), id, REGION, Optional.empty(), permissions, true);
  }

  private static AgentTemplate template(String name, Optional<AccountName> account) {
    return new AgentTemplate(
        new TemplateName(name),
        List.of(name),
        account,
        account.isPresent() ? CredentialsMode.DEPLOY_ROLE : CredentialsMode.NONE,
        "deputy-agent",
        new TaskSize(2048, 3584, "bridge"),
        new SourceRef("deputy.yaml", 1, 1));
  }
}
