package dev.deputy.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.aws.StackChange.Action;
import dev.deputy.aws.StackChange.Kind;
import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.AgentTemplate.TaskSize;
import dev.deputy.core.CredentialsMode;
import dev.deputy.core.SourceRef;
import dev.deputy.core.TemplateName;
import dev.deputy.sandbox.AccessKey;
import dev.deputy.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** From a configuration to stacks and back to nothing, on a sandbox. */
class DeploymentTest {
  private static final String REGION = "eu-west-1";
  private static final Account TOOLING = account("tooling", "000000000000", Optional.empty());
  private static final Account PRODUCTION =
      account("production", "444444444444", Optional.of(allowing("ssm:GetParameter")));
  private static final AgentTemplate BUILDER = template("builder", Optional.empty(), "one");
  private static final AgentTemplate DEPLOYER =
      template("deployer", Optional.of(PRODUCTION.name()), "one");
  private Sandbox sandbox;

  @BeforeEach
  void start() {
    sandbox = Sandbox.builder().start();
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void parametersAreKnownBeforeAnythingIsDeployed() throws Exception {
    List<WantedStack> wanted = stacks(PRODUCTION, BUILDER, DEPLOYER).wanted();

    assertThat(wanted)
        .extracting(WantedStack::name)
        .containsExactly(
            "deputy-tooling",
            "deputy-agent-builder",
            "deputy-permissions",
            "deputy-deploy-deployer",
            "deputy-agent-deployer");
    assertThat(wanted.getLast().parameters())
        .containsEntry("ClusterArn", "arn:aws:ecs:eu-west-1:000000000000:cluster/agents")
        .containsEntry("DeployRoleArn", "arn:aws:iam::444444444444:role/deputy-deploy-deployer");

    deploy(stacks(PRODUCTION, BUILDER, DEPLOYER));
    try (CloudFormationClient tooling = client(TOOLING);
        CloudFormationClient production = client(PRODUCTION)) {
      assertThat(outputs(tooling, "deputy-tooling"))
          .containsEntry("ClusterArn", wanted.getLast().parameters().get("ClusterArn"))
          .containsEntry("ExecutionRoleArn", wanted.getLast().parameters().get("ExecutionRoleArn"))
          .containsEntry("ControllerRoleName", "deputy-controller")
          .containsEntry(
              "ControllerRoleArn", stacks(PRODUCTION, BUILDER, DEPLOYER).controllerRole());
      assertThat(outputs(production, "deputy-permissions"))
          .containsEntry("PolicyArn", wanted.get(3).parameters().get("PermissionsPolicyArn"));
      assertThat(outputs(production, "deputy-deploy-deployer"))
          .containsEntry("DeployRoleArn", wanted.getLast().parameters().get("DeployRoleArn"));
    }
  }

  @Test
  void deployedIsAsItIsWanted() throws Exception {
    InfrastructureStacks stacks = stacks(PRODUCTION, BUILDER, DEPLOYER);
    assertThat(plan(stacks)).allMatch(change -> change.action() == Action.CREATE);
    assertThat(allStacks()).as("a plan that was discarded leaves nothing").isEmpty();

    deploy(stacks);
    assertThat(plan(stacks)).noneMatch(StackChange::isNeeded).hasSize(5);
    assertThat(deploy(stacks)).noneMatch(StackChange::isNeeded);
  }

  @Test
  void changesAreToldAndMade() throws Exception {
    deploy(stacks(PRODUCTION, BUILDER, DEPLOYER));
    Account lessPermitted = account("production", "444444444444", Optional.of(allowing("s3:*")));
    AgentTemplate other = template("builder", Optional.empty(), "two");
    InfrastructureStacks changed = stacks(lessPermitted, other, DEPLOYER);

    List<StackChange> plan = plan(changed);
    assertThat(plan.stream().filter(StackChange::isNeeded))
        .extracting(StackChange::stack)
        .containsExactly("deputy-agent-builder", "deputy-permissions");
    assertThat(of(plan, "deputy-agent-builder").resources())
        .filteredOn(resource -> resource.kind() == Kind.REPLACE)
        .singleElement()
        .satisfies(resource -> {
          assertThat(resource.logicalId()).isEqualTo("TaskDefinition");
          assertThat(resource.retained()).isTrue();
          assertThat(resource.properties().getFirst().after().orElseThrow()).contains("two");
        });
    assertThat(of(plan, "deputy-permissions").resources())
        .singleElement()
        .satisfies(resource -> assertThat(resource.kind()).isEqualTo(Kind.CHANGE));

    deploy(changed);
    assertThat(plan(changed)).noneMatch(StackChange::isNeeded);
  }

  @Test
  void whatIsNotWantedAnyMoreIsDeletedLast() throws Exception {
    deploy(stacks(PRODUCTION, BUILDER, DEPLOYER));
    Account unpermitted = account("production", "444444444444", Optional.empty());
    AgentTemplate reader = template("reader", Optional.of(PRODUCTION.name()), "one");

    List<StackChange> done = deploy(stacks(unpermitted, BUILDER, reader));

    assertThat(done)
        .filteredOn(StackChange::isNeeded)
        .extracting(change -> change.action() + " " + change.stack())
        .containsExactly(
            "CREATE deputy-deploy-reader",
            "CREATE deputy-agent-reader",
            "DELETE deputy-agent-deployer",
            "DELETE deputy-deploy-deployer",
            "DELETE deputy-permissions");
    assertThat(allStacks())
        .containsExactlyInAnyOrder(
            "deputy-tooling",
            "deputy-agent-builder",
            "deputy-deploy-reader",
            "deputy-agent-reader");
  }

  @Test
  void firstFailureStopsAndNothingAfterItIsTouched() throws Exception {
    foreignStack("theirs", "deputy-deploy-deployer");
    InfrastructureStacks stacks = stacks(PRODUCTION, BUILDER, DEPLOYER);

    assertThatThrownBy(() -> deploy(stacks))
        .isInstanceOf(StackFailed.class)
        .hasMessageContainingAll(
            "stack deputy-deploy-deployer in account production (444444444444, eu-west-1) is"
                + " ROLLBACK_COMPLETE: DeployRole: ",
            "already exists");
    assertThat(allStacks())
        .as("what was to come has not even been begun")
        .containsExactlyInAnyOrder(
            "theirs",
            "deputy-tooling",
            "deputy-agent-builder",
            "deputy-permissions",
            "deputy-deploy-deployer");

    try (CloudFormationClient production = client(PRODUCTION)) {
      production.deleteStack(call -> call.stackName("theirs"));
      await(() -> !allStacks().contains("theirs"));
    }
    assertThat(of(plan(stacks), "deputy-deploy-deployer").action()).isEqualTo(Action.RECREATE);
    deploy(stacks);
    assertThat(plan(stacks)).noneMatch(StackChange::isNeeded);
  }

  @Test
  void removalLeavesNothingButWhatIsOfOthersAndCanBeDeployedAgain() throws Exception {
    foreignStack("deputy-agent-not-ours", "theirs");
    deploy(stacks(PRODUCTION, BUILDER, DEPLOYER));

    deploy(stacks(PRODUCTION, template("builder", Optional.empty(), "two"), DEPLOYER));
    try (EcsClient ecs = connection(TOOLING, REGION).ecs()) {
      assertThat(ecs.listTaskDefinitions().taskDefinitionArns()).hasSize(3);
      String theirs =
          ecs.registerTaskDefinition(call ->
                  call.family("jenkins-agent_builder")
                      .containerDefinitions(
                          ContainerDefinition.builder().name("c").image("one").memory(64).build()))
              .taskDefinition()
              .taskDefinitionArn();

      remove(stacks(PRODUCTION, BUILDER));

      assertThat(ecs.listTaskDefinitions().taskDefinitionArns()).containsExactly(theirs);
    }
    assertThat(allStacks()).containsExactly("deputy-agent-not-ours");
    deploy(stacks(PRODUCTION, BUILDER, DEPLOYER));
    assertThat(plan(stacks(PRODUCTION, BUILDER, DEPLOYER))).noneMatch(StackChange::isNeeded);
  }

  @Test
  void credentialsOfAnotherAccountAreRefusedBeforeAnythingIsDone() throws Exception {
    InfrastructureStacks stacks = stacks(PRODUCTION, BUILDER, DEPLOYER);
    AwsConnections wrong = (_, region) -> connection(TOOLING, region);
    try (Deployment deployment = new Deployment(stacks, wrong, DeploymentProgress.SILENT)) {
      assertThatThrownBy(deployment::plan)
          .isInstanceOf(WrongAccount.class)
          .hasMessage(
              "expected credentials of account 444444444444 (production), found those of"
                  + " arn:aws:iam::000000000000:root");
    }
    assertThat(allStacks()).isEmpty();
  }

  @Test
  void progressIsToldResourceByResource() throws Exception {
    List<String> told = new ArrayList<>();
    DeploymentProgress progress =
        new DeploymentProgress() {
          @Override
          public void begins(StackChange change) {
            told.add("begins " + change.stack());
          }

          @Override
          public void happened(
              StackChange change, String logicalId, String type, String status, String reason) {
            told.add(logicalId + " " + status);
          }

          @Override
          public void ended(StackChange change) {
            told.add("ended " + change.stack());
          }
        };
    try (Deployment deployment = new Deployment(stacks(PRODUCTION), this::connection, progress)) {
      deployment.execute(deployment.plan());
    }
    assertThat(told)
        .startsWith("begins deputy-tooling", "deputy-tooling CREATE_IN_PROGRESS")
        .containsOnlyOnce("Cluster CREATE_COMPLETE", "deputy-tooling CREATE_COMPLETE")
        .endsWith("deputy-tooling CREATE_COMPLETE", "ended deputy-tooling");
  }

  private List<StackChange> plan(InfrastructureStacks stacks) throws InterruptedException {
    try (Deployment deployment =
        new Deployment(stacks, this::connection, DeploymentProgress.SILENT)) {
      List<StackChange> plan = deployment.plan();
      deployment.discard(plan);
      return plan;
    }
  }

  private List<StackChange> deploy(InfrastructureStacks stacks) throws InterruptedException {
    try (Deployment deployment =
        new Deployment(stacks, this::connection, DeploymentProgress.SILENT)) {
      List<StackChange> plan = deployment.plan();
      deployment.execute(plan);
      return plan;
    }
  }

  private void remove(InfrastructureStacks stacks) throws InterruptedException {
    try (Deployment deployment =
        new Deployment(stacks, this::connection, DeploymentProgress.SILENT)) {
      deployment.execute(deployment.planOfRemoval());
    }
  }

  private void foreignStack(String stack, String role) throws InterruptedException {
    try (CloudFormationClient production = client(PRODUCTION)) {
      production.createStack(call ->
          call.stackName(stack)
              .templateBody(
                  """
                  Description: somebody else's
                  Resources:
                    Role:
                      Type: AWS::IAM::Role
                      Properties:
                        RoleName: %s
                        AssumeRolePolicyDocument:
                          Version: 2012-10-17
                          Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]
                  """
                      .formatted(role))
              .capabilities(Capability.CAPABILITY_NAMED_IAM));
      await(() ->
          production
              .describeStacks(call -> call.stackName(stack))
              .stacks()
              .getFirst()
              .stackStatusAsString()
              .equals("CREATE_COMPLETE"));
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int looks = 0; !condition.getAsBoolean(); looks++) {
      assertThat(looks).isLessThan(1000);
      Thread.sleep(10);
    }
  }

  /** The names of the stacks in all accounts. */
  private List<String> allStacks() {
    List<String> names = new ArrayList<>();
    for (Account account : List.of(TOOLING, PRODUCTION)) {
      try (CloudFormationClient client = client(account)) {
        client.describeStacks().stacks().forEach(stack -> names.add(stack.stackName()));
      }
    }
    return names;
  }

  private static Map<String, String> outputs(CloudFormationClient client, String stack) {
    Map<String, String> outputs = new LinkedHashMap<>();
    client
        .describeStacks(call -> call.stackName(stack))
        .stacks()
        .getFirst()
        .outputs()
        .forEach(output -> outputs.put(output.outputKey(), output.outputValue()));
    return outputs;
  }

  private static StackChange of(List<StackChange> plan, String stack) {
    return plan.stream().filter(change -> change.stack().equals(stack)).findFirst().orElseThrow();
  }

  private CloudFormationClient client(Account account) {
    return connection(account, REGION).cloudFormation();
  }

  private AwsConnection connection(Account account, String region) {
    AccessKey key = sandbox.rootKey(account.id());
    return new AwsConnection(
        region,
        Optional.of(sandbox.endpoint()),
        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())));
  }

  private static InfrastructureStacks stacks(Account production, AgentTemplate... templates) {
    Map<AccountName, Account> accounts = new LinkedHashMap<>();
    accounts.put(TOOLING.name(), TOOLING);
    accounts.put(production.name(), production);
    return new InfrastructureStacks(TOOLING, REGION, accounts, "agents", List.of(templates));
  }

  private static String allowing(String action) {
    return "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \""
        + action
        + "\", \"Resource\": \"*\"}]}";
  }

  private static Account account(String name, String id, Optional<String> permissions) {
    return new Account(new AccountName(name), id, REGION, Optional.empty(), permissions, true);
  }

  private static AgentTemplate template(String name, Optional<AccountName> account, String image) {
    return new AgentTemplate(
        new TemplateName(name),
        List.of(name),
        account,
        account.isPresent() ? CredentialsMode.DEPLOY_ROLE : CredentialsMode.NONE,
        image,
        new TaskSize(2048, 3584, "bridge"),
        new SourceRef("deputy.yaml", 1, 1));
  }
}
