package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.InsufficientCapabilitiesException;
import software.amazon.awssdk.services.cloudformation.model.OnFailure;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;

@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
class CloudFormationTest {
  private static final String ACCOUNT = "000000000000";
  private static final String AGENTS =
      """
      AWSTemplateFormatVersion: "2010-09-09"
      Description: agents of a target account
      Parameters:
        Target: {Type: String, AllowedPattern: "[0-9]{12}"}
        Secret: {Type: String, NoEcho: true, Default: hush}
      Conditions:
        WithParameter: !Equals [!Ref Target, "111111111111"]
      Resources:
        Cluster:
          Type: AWS::ECS::Cluster
          Properties: {ClusterName: !Sub "${AWS::StackName}-cluster", ClusterSettings: [{Name: containerInsights, Value: disabled}]}
        Logs:
          Type: AWS::Logs::LogGroup
          Properties: {LogGroupName: !Sub "/ecs/${AWS::StackName}", RetentionInDays: "30"}
        Task:
          Type: AWS::ECS::TaskDefinition
          Properties:
            Family: !Sub "${AWS::StackName}-family"
            NetworkMode: bridge
            TaskRoleArn: !GetAtt Role.Arn
            ContainerDefinitions:
              - Name: agent
                Image: shell
                Cpu: 2048
                MemoryReservation: "3584"
                Environment: [{Name: DEPLOY_ROLE, Value: !Sub "arn:aws:iam::${Target}:role/deploy"}]
                DockerLabels: {keyOfMine: x}
                LogConfiguration:
                  LogDriver: awslogs
                  Options: {awslogs-group: !Ref Logs, awslogs-region: !Ref AWS::Region, awslogs-stream-prefix: jenkins}
        Role:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument:
              Version: 2012-10-17
              Statement:
                - Effect: Allow
                  Principal: {Service: ecs-tasks.amazonaws.com}
                  Action: sts:AssumeRole
                  Condition: {StringEquals: {"aws:SourceAccount": !Ref AWS::AccountId}}
            Policies:
              - PolicyName: assume
                PolicyDocument:
                  Version: 2012-10-17
                  Statement: [{Effect: Allow, Action: "sts:AssumeRole", Resource: !Sub "arn:aws:iam::${Target}:role/deploy"}]
        Policy:
          Type: AWS::IAM::Policy
          Properties:
            PolicyName: more
            Roles: [!Ref Role]
            PolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Action: "ssm:GetParameter", Resource: "*"}]}
        Parameter:
          Type: AWS::SSM::Parameter
          Condition: WithParameter
          Properties: {Name: !Sub "/${AWS::StackName}/target", Type: String, Value: !Ref Target}
      Outputs:
        TaskDefinition: {Value: !Ref Task, Export: {Name: !Sub "${AWS::StackName}-task"}}
        RoleArn: {Value: !GetAtt Role.Arn, Description: the task role}
        Conditional: {Condition: WithParameter, Value: !Ref Parameter}
      """;

  private static Sandbox sandbox;
  private static Clients root;
  private static CloudFormationClient stacks;
  private String name = "";

  @BeforeAll
  static void start() {
    sandbox = Sandbox.builder().start();
    root = Clients.root(sandbox, ACCOUNT);
    stacks = root.cloudFormation();
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void nameStack(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName();
  }

  @Test
  void stackIsMadeFromItsTemplate() {
    Stack stack = create(AGENTS, "111111111111");
    assertThat(stack.stackStatus()).isEqualTo(StackStatus.CREATE_COMPLETE);
    assertThat(stack.description()).isEqualTo("agents of a target account");
    assertThat(stack.parameters())
        .extracting(Parameter::parameterKey, Parameter::parameterValue)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("Target", "111111111111"),
            org.assertj.core.groups.Tuple.tuple("Secret", "****"));
    String task = outputs(stack).get("TaskDefinition");
    assertThat(task)
        .isEqualTo("arn:aws:ecs:eu-west-1:000000000000:task-definition/" + name + "-family:1");
    assertThat(outputs(stack)).containsEntry("Conditional", "/" + name + "/target");
    var container =
        root.ecs()
            .describeTaskDefinition(d -> d.taskDefinition(task))
            .taskDefinition()
            .containerDefinitions()
            .getFirst();
    assertThat(container.memoryReservation()).isEqualTo(3584);
    assertThat(container.dockerLabels()).containsEntry("keyOfMine", "x");
    assertThat(container.logConfiguration().options())
        .containsEntry("awslogs-group", "/ecs/" + name);
    assertThat(root.logs().describeLogGroups(g -> g.logGroupNamePrefix("/ecs/" + name)).logGroups())
        .singleElement()
        .satisfies(group -> assertThat(group.retentionInDays()).isEqualTo(30));
    assertThat(root.ssm().getParameter(p -> p.name("/" + name + "/target")).parameter().value())
        .isEqualTo("111111111111");
    String role = resource("Role");
    assertThat(root.iam().listRolePolicies(r -> r.roleName(role)).policyNames())
        .containsExactlyInAnyOrder("assume", "more");
  }

  @Test
  void conditionLeavesThingsOut() {
    Stack stack = create(AGENTS, "222222222222");
    assertThat(stack.stackStatus()).isEqualTo(StackStatus.CREATE_COMPLETE);
    assertThat(outputs(stack)).doesNotContainKey("Conditional");
    assertThat(stacks.describeStackResources(r -> r.stackName(name)).stackResources())
        .noneMatch(r -> r.logicalResourceId().equals("Parameter"));
  }

  @Test
  void deletedStackLeavesNothing() {
    String id = create(AGENTS, "111111111111").stackId();
    String role = resource("Role");
    stacks.deleteStack(d -> d.stackName(name));
    assertThat(settled(id).stackStatus()).isEqualTo(StackStatus.DELETE_COMPLETE);
    assertThatThrownBy(() -> root.iam().getRole(r -> r.roleName(role)))
        .isInstanceOf(NoSuchEntityException.class);
    assertThatThrownBy(() -> stacks.describeStacks(d -> d.stackName(name)))
        .isInstanceOf(CloudFormationException.class)
        .hasMessageContaining("Stack with id " + name + " does not exist");
    stacks.deleteStack(d -> d.stackName(name));
    assertThat(create(AGENTS, "111111111111").stackId()).isNotEqualTo(id);
  }

  @Test
  void failedStackIsRolledBackInReverseOrderWithReasons() {
    String broken =
        """
        Resources:
          First: {Type: "AWS::Logs::LogGroup", Properties: {LogGroupName: !Ref AWS::StackName}}
          Kept: {Type: "AWS::Logs::LogGroup", DeletionPolicy: Retain, Properties: {LogGroupName: !Sub "${First}-kept"}}
          Second:
            Type: AWS::SSM::Parameter
            DependsOn: Kept
            Properties: {Name: "no//good", Type: String, Value: !GetAtt First.Arn}
        """;
    Stack stack = create(r -> r.templateBody(broken));
    assertThat(stack.stackStatus()).isEqualTo(StackStatus.ROLLBACK_COMPLETE);
    assertThat(events())
        .containsSubsequence(
            "First CREATE_IN_PROGRESS",
            "First CREATE_COMPLETE",
            "Kept CREATE_COMPLETE",
            "Second CREATE_IN_PROGRESS",
            "Second CREATE_FAILED",
            name + " ROLLBACK_IN_PROGRESS",
            "Kept DELETE_SKIPPED",
            "First DELETE_COMPLETE",
            name + " ROLLBACK_COMPLETE");
    assertThat(stacks.describeStackEvents(e -> e.stackName(name)).stackEvents())
        .filteredOn(e -> e.resourceStatusAsString().equals("CREATE_FAILED"))
        .singleElement()
        .satisfies(e ->
            assertThat(e.resourceStatusReason()).contains("Resource handler returned message"));
    assertThat(root.logs().describeLogGroups(g -> g.logGroupNamePrefix(name)).logGroups())
        .extracting(g -> g.logGroupName())
        .containsExactly(name + "-kept");
    assertThat(
            create(r -> r.templateBody(broken).onFailure(OnFailure.DO_NOTHING), "other")
                .stackStatus())
        .isEqualTo(StackStatus.CREATE_FAILED);
  }

  @Test
  void resourcesAreMadeInTheNameOfTheCaller() {
    root.iam()
        .createRole(r ->
            r.roleName("weak")
                .assumeRolePolicyDocument(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                     "Principal":{"AWS":"arn:aws:iam::000000000000:root"},"Action":"sts:AssumeRole"}]}
                    """));
    root.iam()
        .putRolePolicy(p ->
            p.roleName("weak")
                .policyName("stacks")
                .policyDocument(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                     "Action":["cloudformation:*","logs:*"],"Resource":"*"}]}
                    """));
    CloudFormationClient weak =
        root.assume("arn:aws:iam::000000000000:role/weak", "someone").cloudFormation();
    weak.createStack(
        request(name)
            .templateBody(AGENTS)
            .parameters(target("111111111111"))
            .capabilities(Capability.CAPABILITY_IAM)
            .build());
    Stack stack = settled(name);
    assertThat(stack.stackStatus()).isEqualTo(StackStatus.ROLLBACK_COMPLETE);
    assertThat(stacks.describeStackEvents(e -> e.stackName(name)).stackEvents())
        .extracting(StackEvent::resourceStatusReason)
        .anyMatch(reason ->
            reason != null
                && reason.contains(
                    "User: arn:aws:sts::000000000000:assumed-role/weak/someone is not authorized to"
                        + " perform: ecs:CreateCluster"));
  }

  @Test
  void namedRoleNeedsTheStrongerCapability() {
    String named =
        AGENTS.replace(
            "AssumeRolePolicyDocument:", "RoleName: named\n      AssumeRolePolicyDocument:");
    assertThatThrownBy(() ->
            stacks.createStack(
                request(name)
                    .templateBody(named)
                    .parameters(target("111111111111"))
                    .capabilities(Capability.CAPABILITY_IAM)
                    .build()))
        .isInstanceOf(InsufficientCapabilitiesException.class)
        .hasMessageContaining("Requires capabilities : [CAPABILITY_NAMED_IAM]");
    assertThatThrownBy(() ->
            stacks.createStack(
                request(name).templateBody(AGENTS).parameters(target("111111111111")).build()))
        .isInstanceOf(InsufficientCapabilitiesException.class)
        .hasMessageContaining("Requires capabilities : [CAPABILITY_IAM]");
  }

  @Test
  void unknownTypeAndPropertyAreNamedWithTheirResource() {
    assertThatThrownBy(
            () -> create(r -> r.templateBody("Resources: {B: {Type: 'AWS::SNS::Topic'}}")))
        .hasMessageContaining("Unrecognized resource types: [AWS::SNS::Topic (B)]");
    assertThatThrownBy(() ->
            create(r ->
                r.templateBody(
                    "Resources: {G: {Type: 'AWS::Logs::LogGroup', Properties: {Name: x}}}")))
        .hasMessageContaining(
            "Properties validation failed for resource G with message: #: extraneous key [Name] is"
                + " not permitted");
    assertThatThrownBy(() ->
            create(r ->
                r.templateBody(
                    """
                    Resources:
                      G: {Type: 'AWS::Logs::LogGroup'}
                      P: {Type: 'AWS::SSM::Parameter', Properties: {Type: String, Value: !GetAtt G.Foo}}
                    """)))
        .hasMessageContaining("resource G does not support attribute type Foo in Fn::GetAtt");
    assertThatThrownBy(
            () -> stacks.validateTemplate(v -> v.templateBody(AGENTS.replace("Cpu:", "Cpus:"))))
        .hasMessageContaining(
            "resource Task with message: #/ContainerDefinitions/0: extraneous key [Cpus] is not"
                + " permitted");
  }

  @Test
  void sameTokenCreatesOnceAndAnotherIsRefused() {
    String body = "Resources: {G: {Type: 'AWS::Logs::LogGroup'}}";
    UnaryOperator<CreateStackRequest.Builder> request =
        r -> r.templateBody(body).clientRequestToken("one");
    Stack stack = create(request);
    assertThat(create(request).stackId()).isEqualTo(stack.stackId());
    assertThatThrownBy(() -> create(r -> request.apply(r).clientRequestToken("two")))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining("Stack [" + name + "] already exists");
  }

  @Test
  void importedValueHoldsItsExporter() {
    create(r ->
        r.templateBody(
            """
            Resources: {G: {Type: "AWS::Logs::LogGroup"}}
            Outputs: {Out: {Value: !Ref G, Export: {Name: shared}}}
            """));
    String importer =
        """
        Resources: {P: {Type: "AWS::SSM::Parameter", Properties: {Type: String, Value: !ImportValue shared}}}
        """;
    create(r -> r.templateBody(importer), "importer");
    stacks.deleteStack(d -> d.stackName(name));
    Stack kept = settled(name);
    assertThat(kept.stackStatus()).isEqualTo(StackStatus.DELETE_FAILED);
    assertThat(kept.stackStatusReason())
        .isEqualTo("Export shared cannot be deleted as it is in use by importer");
    stacks.deleteStack(d -> d.stackName("importer"));
    assertThat(stacks.listStacks().stackSummaries())
        .anyMatch(s -> s.stackName().equals("importer"));
  }

  @Test
  void updateChangesReplacesAddsAndRemoves() {
    String before =
        """
        Resources:
          Group: {Type: "AWS::Logs::LogGroup", Properties: {LogGroupName: update-group, RetentionInDays: 1}}
          Gone: {Type: "AWS::Logs::LogGroup", Properties: {LogGroupName: update-gone}}
          Task:
            Type: AWS::ECS::TaskDefinition
            Properties: {Family: update, ContainerDefinitions: [{Name: a, Image: shell, Memory: 64}]}
        """;
    create(r -> r.templateBody(before));
    String first = resource("Task");
    String after =
        before
            .replace("RetentionInDays: 1", "RetentionInDays: 7")
            .replace("Memory: 64", "Memory: 128")
            .replace("Gone:", "New:")
            .replace("update-gone", "update-new");
    Stack updated = update(after);
    assertThat(updated.stackStatus()).isEqualTo(StackStatus.UPDATE_COMPLETE);
    assertThat(resource("Task")).isNotEqualTo(first).endsWith("update:2");
    assertThat(
            root.ecs()
                .describeTaskDefinition(d -> d.taskDefinition(first))
                .taskDefinition()
                .statusAsString())
        .isEqualTo("INACTIVE");
    assertThat(root.logs().describeLogGroups(g -> g.logGroupNamePrefix("update-")).logGroups())
        .extracting(g -> g.logGroupName() + " " + g.retentionInDays())
        .containsExactlyInAnyOrder("update-group 7", "update-new null");
    assertThatThrownBy(() -> update(after)).hasMessageContaining("No updates are to be performed.");

    String failing =
        after.replace("RetentionInDays: 7", "RetentionInDays: 14")
            + "  Bad: {Type: \"AWS::SSM::Parameter\", DependsOn: Group, Properties: {Name:"
            + " \"no//good\", Type: String, Value: x}}\n";
    assertThat(update(failing).stackStatus()).isEqualTo(StackStatus.UPDATE_ROLLBACK_COMPLETE);
    assertThat(root.logs().describeLogGroups(g -> g.logGroupNamePrefix("update-group")).logGroups())
        .singleElement()
        .satisfies(g -> assertThat(g.retentionInDays()).isEqualTo(7));
    assertThat(stacks.describeStackResources(r -> r.stackName(name)).stackResources())
        .noneMatch(r -> r.logicalResourceId().equals("Bad"));
  }

  @Test
  void roleIsChangedInPlace() {
    String before =
        """
        Parameters: {Seconds: {Type: Number, Default: 3600}}
        Resources:
          Role:
            Type: AWS::IAM::Role
            Properties:
              RoleName: changing
              MaxSessionDuration: !Ref Seconds
              ManagedPolicyArns: [!Ref Managed]
              Tags: [{Key: a, Value: "1"}, {Key: b, Value: "1"}]
              AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}
              Policies:
                - {PolicyName: one, PolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]}}
                - {PolicyName: two, PolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]}}
          Managed:
            Type: AWS::IAM::ManagedPolicy
            Properties: {PolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Deny, Action: "*", Resource: "*"}]}}
        """;
    create(r -> r.templateBody(before).capabilities(Capability.CAPABILITY_NAMED_IAM));
    String id = role().roleId();
    String after =
        before
            .replace("{PolicyName: two,", "{PolicyName: three,")
            .replace("ManagedPolicyArns: [!Ref Managed]", "PermissionsBoundary: !Ref Managed")
            .replace("{Key: b, Value: \"1\"}", "{Key: c, Value: \"2\"}")
            .replace("Service: ecs-tasks", "Service: ecs");
    stacks.updateStack(u ->
        u.stackName(name)
            .templateBody(after)
            .capabilities(Capability.CAPABILITY_NAMED_IAM)
            .parameters(p -> p.parameterKey("Seconds").parameterValue("7200")));
    assertThat(settled(name).stackStatus()).isEqualTo(StackStatus.UPDATE_COMPLETE);
    assertThat(role().roleId()).isEqualTo(id);
    assertThat(role().maxSessionDuration()).isEqualTo(7200);
    assertThat(role().assumeRolePolicyDocument()).contains("ecs.amazonaws.com");
    assertThat(role().permissionsBoundary().permissionsBoundaryArn())
        .isEqualTo(resource("Managed"));
    assertThat(role().tags())
        .extracting(t -> t.key() + t.value())
        .containsExactlyInAnyOrder("a1", "c2");
    assertThat(root.iam().listRolePolicies(r -> r.roleName("changing")).policyNames())
        .containsExactlyInAnyOrder("one", "three");
    assertThat(root.iam().listAttachedRolePolicies(r -> r.roleName("changing")).attachedPolicies())
        .isEmpty();

    stacks.updateStack(u ->
        u.stackName(name)
            .templateBody(
                after.replace("RoleName: changing", "RoleName: changing\n      Path: /x/"))
            .capabilities(Capability.CAPABILITY_NAMED_IAM)
            .parameters(p -> p.parameterKey("Seconds").usePreviousValue(true)));
    assertThat(settled(name).stackStatus()).isEqualTo(StackStatus.UPDATE_ROLLBACK_COMPLETE);
    assertThat(stacks.describeStackEvents(e -> e.stackName(name)).stackEvents())
        .extracting(StackEvent::resourceStatusReason)
        .contains(
            "CloudFormation cannot update a stack when a custom-named resource requires replacing."
                + " Rename changing and update the stack again.");
    assertThat(role().roleId()).isEqualTo(id);
    stacks.deleteStack(d -> d.stackName(name));
    Await.until(
        () -> stacks.listStacks().stackSummaries().getFirst().stackStatusAsString(),
        status -> !status.endsWith("IN_PROGRESS"));
    assertThatThrownBy(CloudFormationTest::role).isInstanceOf(NoSuchEntityException.class);
  }

  private static Role role() {
    return root.iam().getRole(r -> r.roleName("changing")).role();
  }

  @Test
  void managedPolicyIsChangedInPlace() {
    String before =
        """
        Resources:
          Managed:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              ManagedPolicyName: in-place
              PolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]}
        """;
    create(r -> r.templateBody(before).capabilities(Capability.CAPABILITY_NAMED_IAM));
    for (String action : List.of("ssm:*", "ecs:*", "logs:*", "sts:*", "iam:*", "ecr:*")) {
      stacks.updateStack(u ->
          u.stackName(name)
              .templateBody(before.replace("s3:*", action))
              .capabilities(Capability.CAPABILITY_NAMED_IAM));
      assertThat(settled(name).stackStatus()).isEqualTo(StackStatus.UPDATE_COMPLETE);
      String arn = resource("Managed");
      String version = root.iam().getPolicy(g -> g.policyArn(arn)).policy().defaultVersionId();
      assertThat(
              root.iam()
                  .getPolicyVersion(g -> g.policyArn(arn).versionId(version))
                  .policyVersion()
                  .document())
          .contains(action.replace(":*", ""));
    }
    String id = settled(name).stackId();
    stacks.deleteStack(d -> d.stackName(name));
    assertThat(settled(id).stackStatus()).isEqualTo(StackStatus.DELETE_COMPLETE);
  }

  @Test
  void replacedRevisionStaysWhereThatIsAsked() {
    String before =
        """
        Resources:
          Task:
            Type: AWS::ECS::TaskDefinition
            UpdateReplacePolicy: Retain
            Properties: {Family: retained, ContainerDefinitions: [{Name: a, Image: shell, Memory: 64}]}
        """;
    create(r -> r.templateBody(before));
    String first = resource("Task");
    assertThat(update(before.replace("Memory: 64", "Memory: 65")).stackStatus())
        .isEqualTo(StackStatus.UPDATE_COMPLETE);
    assertThat(root.ecs().listTaskDefinitions(l -> l.familyPrefix("retained")).taskDefinitionArns())
        .containsExactly(first, resource("Task"));
  }

  @Test
  void tenResourcesTakeMilliseconds() {
    StringBuilder body = new StringBuilder("Resources:\n");
    for (int i = 0; i < 10; i++) {
      body.append("  G%d: {Type: \"AWS::Logs::LogGroup\"}\n".formatted(i));
    }
    create(r -> r.templateBody(body.toString()));
    List<StackEvent> events = stacks.describeStackEvents(e -> e.stackName(name)).stackEvents();
    Duration took = Duration.between(events.getLast().timestamp(), events.getFirst().timestamp());
    assertThat(took).isLessThan(Duration.ofSeconds(1));
  }

  private Stack create(String body, String target) {
    return create(r ->
        r.templateBody(body).parameters(target(target)).capabilities(Capability.CAPABILITY_IAM));
  }

  private Stack create(UnaryOperator<CreateStackRequest.Builder> request) {
    return create(request, name);
  }

  private Stack create(UnaryOperator<CreateStackRequest.Builder> request, String stackName) {
    return settled(stacks.createStack(request.apply(request(stackName)).build()).stackId());
  }

  private Stack update(String body) {
    stacks.updateStack(u -> u.stackName(name).templateBody(body));
    return settled(name);
  }

  private static CreateStackRequest.Builder request(String stackName) {
    return CreateStackRequest.builder().stackName(stackName);
  }

  private static Parameter target(String account) {
    return Parameter.builder().parameterKey("Target").parameterValue(account).build();
  }

  private String resource(String logicalId) {
    return stacks
        .describeStackResource(r -> r.stackName(name).logicalResourceId(logicalId))
        .stackResourceDetail()
        .physicalResourceId();
  }

  private List<String> events() {
    return stacks.describeStackEvents(e -> e.stackName(name)).stackEvents().reversed().stream()
        .map(e -> e.logicalResourceId() + " " + e.resourceStatusAsString())
        .toList();
  }

  private static Map<String, String> outputs(Stack stack) {
    return stack.outputs().stream()
        .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
  }

  private static Stack settled(String nameOrId) {
    return Await.until(
        () -> stacks.describeStacks(d -> d.stackName(nameOrId)).stacks().getFirst(),
        stack -> !stack.stackStatusAsString().endsWith("_IN_PROGRESS"));
  }
}
