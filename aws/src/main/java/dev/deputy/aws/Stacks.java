package dev.deputy.aws;

import dev.deputy.aws.StackChange.Action;
import dev.deputy.core.Account;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Deputy's stacks in one account and Region. */
final class Stacks implements AutoCloseable {
  /** A stack that has change sets and nothing else. */
  private static final String REVIEW = "REVIEW_IN_PROGRESS";

  /** What CloudFormation says of a change set that would change nothing. */
  private static final List<String> WITHOUT_CHANGES =
      List.of("didn't contain changes", "No updates are to be performed");

  /** What the descriptions of Deputy's templates begin with. */
  private static final String DESCRIPTION = "Deputy, ";

  private final AwsConnection connection;
  private final CloudFormationClient cloudFormation;
  private final Account account;
  private final String region;
  private final StackOperations operations;

  Stacks(AwsConnection connection, Account account, DeploymentProgress progress) {
    this.connection = connection;
    this.cloudFormation = connection.cloudFormation();
    this.account = account;
    this.region = connection.region();
    this.operations = new StackOperations(cloudFormation, progress, this::where);
  }

  /** The outputs of a stack that is complete; empty where there is no such stack. */
  Optional<Map<String, String>> outputs(String name) {
    return find(name).map(stack -> completeOutputs(name, stack));
  }

  /** The names of the stacks that are Deputy's, whether they are wanted or not. */
  List<String> ours() {
    return refusing(
        "the stacks",
        () ->
            cloudFormation.describeStacksPaginator().stacks().stream()
                .filter(stack -> StackNames.isOurs(stack.stackName()))
                .filter(stack ->
                    stack.stackStatusAsString().equals(REVIEW)
                        || String.valueOf(stack.description()).startsWith(DESCRIPTION))
                .map(Stack::stackName)
                .toList());
  }

  /**
   * Makes a change set of what is wanted, unless nothing is to be done or there is nothing that it
   * could be made of. Waits for what somebody else does with the stack.
   */
  StackChange plan(WantedStack wanted, String changeSet) throws InterruptedException {
    String status =
        operations
            .settled(wanted.name(), this::find)
            .map(Stack::stackStatusAsString)
            .orElse(REVIEW);
    return switch (status) {
      case REVIEW -> plan(wanted, changeSet, Action.CREATE, ChangeSetType.CREATE);
      case "CREATE_COMPLETE",
          "UPDATE_COMPLETE",
          "UPDATE_ROLLBACK_COMPLETE",
          "IMPORT_COMPLETE",
          "IMPORT_ROLLBACK_COMPLETE" ->
          plan(wanted, changeSet, Action.UPDATE, ChangeSetType.UPDATE);
      case "ROLLBACK_COMPLETE" -> change(wanted.name(), Action.RECREATE, List.of());
      case "UPDATE_ROLLBACK_FAILED" ->
          throw new StackFailed(
              where(wanted.name())
                  + " is UPDATE_ROLLBACK_FAILED: mend what its events name, then run aws"
                  + " cloudformation continue-update-rollback --stack-name "
                  + wanted.name());
      default ->
          throw new StackFailed(
              where(wanted.name())
                  + " is "
                  + status
                  + ", which nothing but its deletion ends: aws cloudformation delete-stack"
                  + " --stack-name "
                  + wanted.name());
    };
  }

  private StackChange plan(WantedStack wanted, String changeSet, Action action, ChangeSetType type)
      throws InterruptedException {
    String name = wanted.name();
    try {
      refusing(
          where(name),
          () ->
              cloudFormation.createChangeSet(call ->
                  call.stackName(name)
                      .changeSetName(changeSet)
                      .changeSetType(type)
                      .description("by deputy infra")
                      .templateBody(wanted.body())
                      .parameters(parameters(wanted.parameters()))
                      .capabilities(Capability.CAPABILITY_NAMED_IAM)));
      DescribeChangeSetResponse made = operations.made(name, changeSet);
      if (made.statusAsString().equals("CREATE_COMPLETE")) {
        return change(name, action, StackChanges.of(cloudFormation, made));
      }
      String reason = String.valueOf(made.statusReason());
      if (WITHOUT_CHANGES.stream().noneMatch(reason::contains)) {
        throw new StackFailed(where(name) + " can not be changed: " + reason);
      }
      discard(change(name, action, List.of()), changeSet);
      return change(name, Action.NONE, List.of());
    } catch (StackFailed e) {
      discard(change(name, action, List.of()), changeSet);
      throw e;
    }
  }

  /** What the deletion of a stack would remove. */
  StackChange planOfRemoval(String name) throws InterruptedException {
    operations.settled(name, this::find);
    return refusing(
        where(name),
        () -> change(name, Action.DELETE, StackChanges.removals(cloudFormation, name)));
  }

  /** Does what a change set says, and waits for it. */
  void execute(StackChange change, String changeSet) throws InterruptedException {
    String name = change.stack();
    refusing(
        where(name),
        () ->
            cloudFormation.executeChangeSet(call ->
                call.stackName(name).changeSetName(changeSet).clientRequestToken(changeSet)));
    String id = find(name).map(Stack::stackId).orElse(name);
    operations.follow(change, id, changeSet);
  }

  /** Deletes a stack, waits for that, and removes what of it no stack has any more. */
  void delete(StackChange change) throws InterruptedException {
    Optional<Stack> found = find(change.stack());
    if (found.isEmpty()) {
      return;
    }
    String id = found.get().stackId();
    String token = "delete-" + UUID.randomUUID();
    refusing(
        where(change.stack()),
        () -> cloudFormation.deleteStack(call -> call.stackName(id).clientRequestToken(token)));
    operations.follow(change, id, token);
    if (StackNames.isAgent(change.stack())) {
      found.get().parameters().stream()
          .filter(parameter -> parameter.parameterKey().equals("Family"))
          .forEach(family ->
              LeftRevisions.deregister(connection, family.parameterValue(), change.stack()));
    }
  }

  /** Removes a change set, and the stack where it has nothing else. */
  void discard(StackChange change, String changeSet) {
    String name = change.stack();
    if (change.action() != Action.CREATE && change.action() != Action.UPDATE) {
      return;
    }
    try {
      cloudFormation.deleteChangeSet(call -> call.stackName(name).changeSetName(changeSet));
    } catch (ChangeSetNotFoundException _) {
      // It was executed, or could not even be made.
    } catch (CloudFormationException e) {
      throw refused(where(name), e);
    }
    Optional<Stack> found = find(name);
    if (found.isPresent() && found.get().stackStatusAsString().equals(REVIEW)) {
      refusing(
          where(name),
          () -> {
            if (cloudFormation.listChangeSets(call -> call.stackName(name)).summaries().isEmpty()) {
              cloudFormation.deleteStack(call -> call.stackName(found.get().stackId()));
            }
            return name;
          });
    }
  }

  @Override
  public void close() {
    cloudFormation.close();
  }

  private StackChange change(String name, Action action, List<StackChange.Resource> resources) {
    return new StackChange(name, account, region, action, resources);
  }

  private String where(String stack) {
    return "stack "
        + stack
        + " in account "
        + account.name()
        + " ("
        + account.id()
        + ", "
        + region
        + ")";
  }

  private Optional<Stack> find(String name) {
    try {
      return cloudFormation.describeStacks(call -> call.stackName(name)).stacks().stream()
          .findFirst();
    } catch (CloudFormationException e) {
      if (e.statusCode() == 400 && String.valueOf(e.getMessage()).contains("does not exist")) {
        return Optional.empty();
      }
      throw refused(where(name), e);
    }
  }

  private Map<String, String> completeOutputs(String name, Stack stack) {
    String status = stack.stackStatusAsString();
    if (!status.endsWith("_COMPLETE")
        || status.equals("ROLLBACK_COMPLETE")
        || status.contains("DELETE")) {
      throw new StackFailed(where(name) + " is " + status + ": deploy it with deputy infra deploy");
    }
    Map<String, String> outputs = new HashMap<>();
    for (Output output : stack.outputs()) {
      outputs.put(output.outputKey(), output.outputValue());
    }
    return outputs;
  }

  /** Calls CloudFormation; what it refuses is told in its own words. */
  private static <T> T refusing(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (CloudFormationException e) {
      throw refused(what, e);
    }
  }

  private static StackFailed refused(String what, CloudFormationException e) {
    String reason =
        e.awsErrorDetails() == null ? e.getMessage() : e.awsErrorDetails().errorMessage();
    return new StackFailed(what + ": " + reason);
  }

  private static List<Parameter> parameters(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> Parameter.builder().parameterKey(p.getKey()).parameterValue(p.getValue()).build())
        .toList();
  }
}
