package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.InvalidChangeSetStatusException;
import software.amazon.awssdk.services.cloudformation.model.PolicyAction;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.Stack;

@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
class ChangeSetTest {
  private static final String BEFORE =
      """
      Parameters:
        Memory: {Type: String, Default: "64"}
      Resources:
        Logs:
          Type: AWS::Logs::LogGroup
          Properties: {RetentionInDays: 30}
        Task:
          Type: AWS::ECS::TaskDefinition
          UpdateReplacePolicy: Retain
          Properties:
            Family: !Sub "${AWS::StackName}"
            ContainerDefinitions: [{Name: a, Image: shell, Memory: !Ref Memory}]
        Current:
          Type: AWS::SSM::Parameter
          Properties: {Name: !Sub "/${AWS::StackName}/task", Type: String, Value: !Ref Task}
      Outputs:
        Task: {Value: !Ref Task}
      """;

  private static Sandbox sandbox;
  private static CloudFormationClient stacks;
  private String name = "";

  @BeforeAll
  static void start() {
    sandbox = Sandbox.builder().start();
    stacks = Clients.root(sandbox, "000000000000").cloudFormation();
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
  void newStackIsReviewedBeforeItIsMade() {
    DescribeChangeSetResponse made = changeSet(ChangeSetType.CREATE, BEFORE, "64");
    assertThat(made.status()).isEqualTo(ChangeSetStatus.CREATE_COMPLETE);
    assertThat(made.executionStatus()).isEqualTo(ExecutionStatus.AVAILABLE);
    assertThat(made.changes())
        .extracting(change -> change.resourceChange().action())
        .containsOnly(ChangeAction.ADD)
        .hasSize(3);
    assertThat(stack().stackStatusAsString()).isEqualTo("REVIEW_IN_PROGRESS");

    execute();
    assertThat(stack().stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(stacks.listChangeSets(l -> l.stackName(name)).summaries()).isEmpty();
    assertThatThrownBy(() -> changeSet(ChangeSetType.CREATE, BEFORE, "64"))
        .isInstanceOf(CloudFormationException.class)
        .hasMessageContaining("already exists and cannot be created again with the changeSet");
  }

  @Test
  void reviewedStackCanBeDeletedInstead() {
    changeSet(ChangeSetType.CREATE, BEFORE, "64");
    stacks.deleteChangeSet(d -> d.stackName(name).changeSetName("change"));
    assertThatThrownBy(
            () -> stacks.describeChangeSet(d -> d.stackName(name).changeSetName("change")))
        .isInstanceOf(ChangeSetNotFoundException.class);
    stacks.deleteStack(d -> d.stackName(name));
    Await.until(
        () -> stacks.describeStacks().stacks(),
        all -> all.stream().noneMatch(stack -> stack.stackName().equals(name)));
  }

  @Test
  void replacementIsToldWithWhatDependsOnIt() {
    create();
    DescribeChangeSetResponse made = changeSet(ChangeSetType.UPDATE, BEFORE, "65");
    assertThat(made.changes()).hasSize(2);
    ResourceChange task = change(made, "Task");
    assertThat(task.action()).isEqualTo(ChangeAction.MODIFY);
    assertThat(task.replacement()).isEqualTo(Replacement.TRUE);
    assertThat(task.policyAction()).isEqualTo(PolicyAction.REPLACE_AND_RETAIN);
    assertThat(task.details().getFirst().target().name()).isEqualTo("ContainerDefinitions");
    assertThat(task.details().getFirst().target().afterValue()).contains("65");
    ResourceChange current = change(made, "Current");
    assertThat(current.replacement()).isEqualTo(Replacement.FALSE);
    assertThat(current.details().getFirst().evaluationAsString()).isEqualTo("Dynamic");
    assertThat(current.details().getFirst().target().afterValue())
        .isEqualTo("{{changeSet:KNOWN_AFTER_APPLY}}");
    execute();
    assertThat(stack().outputs().getFirst().outputValue()).endsWith(":2");
  }

  @Test
  void additionsRemovalsAndChangesInPlaceAreToldApart() {
    create();
    String after =
        BEFORE
            .replace("RetentionInDays: 30", "RetentionInDays: 60")
            .replace("  Current:", "  Other:");
    DescribeChangeSetResponse made = changeSet(ChangeSetType.UPDATE, after, "64");
    assertThat(change(made, "Logs").replacement()).isEqualTo(Replacement.FALSE);
    assertThat(change(made, "Logs").details().getFirst().target())
        .satisfies(target -> {
          assertThat(target.beforeValue()).isEqualTo("30");
          assertThat(target.afterValue()).isEqualTo("60");
        });
    assertThat(change(made, "Other").action()).isEqualTo(ChangeAction.ADD);
    assertThat(change(made, "Current").action()).isEqualTo(ChangeAction.REMOVE);
    assertThat(change(made, "Current").policyAction()).isEqualTo(PolicyAction.DELETE);
    assertThat(made.changes()).hasSize(3);
  }

  @Test
  void changeSetWithoutChangesFailsAndSaysSo() {
    create();
    DescribeChangeSetResponse made = changeSet(ChangeSetType.UPDATE, BEFORE, "64");
    assertThat(made.status()).isEqualTo(ChangeSetStatus.FAILED);
    assertThat(made.statusReason()).startsWith("The submitted information didn't contain changes.");
    assertThatThrownBy(
            () -> stacks.executeChangeSet(e -> e.stackName(name).changeSetName("change")))
        .isInstanceOf(InvalidChangeSetStatusException.class)
        .hasMessageContaining("execution status of [UNAVAILABLE]");
  }

  @Test
  void changedOutputIsAChangeWithoutResources() {
    create();
    DescribeChangeSetResponse made =
        changeSet(ChangeSetType.UPDATE, BEFORE + "  More: {Value: x}\n", "64");
    assertThat(made.status()).isEqualTo(ChangeSetStatus.CREATE_COMPLETE);
    assertThat(made.changes()).isEmpty();
    execute();
    assertThat(stack().outputs()).hasSize(2);
  }

  @Test
  void changeSetOfAStackThatChangedMeanwhileIsObsolete() {
    create();
    changeSet(ChangeSetType.UPDATE, BEFORE, "65");
    stacks.updateStack(u ->
        u.stackName(name)
            .templateBody(BEFORE)
            .parameters(p -> p.parameterKey("Memory").parameterValue("66")));
    settled();
    assertThatThrownBy(
            () -> stacks.executeChangeSet(e -> e.stackName(name).changeSetName("change")))
        .isInstanceOf(InvalidChangeSetStatusException.class)
        .hasMessageContaining("execution status of [OBSOLETE]");
  }

  private void create() {
    changeSet(ChangeSetType.CREATE, BEFORE, "64");
    execute();
  }

  private void execute() {
    stacks.executeChangeSet(e -> e.stackName(name).changeSetName("change"));
    settled();
  }

  private DescribeChangeSetResponse changeSet(ChangeSetType type, String body, String memory) {
    stacks.createChangeSet(c ->
        c.stackName(name)
            .changeSetName("change")
            .changeSetType(type)
            .templateBody(body)
            .capabilities(Capability.CAPABILITY_NAMED_IAM)
            .parameters(p -> p.parameterKey("Memory").parameterValue(memory)));
    return stacks.describeChangeSet(
        d -> d.stackName(name).changeSetName("change").includePropertyValues(true));
  }

  private static ResourceChange change(DescribeChangeSetResponse made, String logicalId) {
    return made.changes().stream()
        .map(change -> change.resourceChange())
        .filter(change -> change.logicalResourceId().equals(logicalId))
        .findFirst()
        .orElseThrow();
  }

  private Stack stack() {
    return stacks.describeStacks(d -> d.stackName(name)).stacks().getFirst();
  }

  private void settled() {
    Await.until(this::stack, stack -> !stack.stackStatusAsString().endsWith("_IN_PROGRESS"));
  }
}
