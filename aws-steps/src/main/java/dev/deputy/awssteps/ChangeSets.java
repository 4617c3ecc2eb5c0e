package dev.deputy.awssteps;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;

/** Change sets: made in one step, looked at, and executed in another. */
final class ChangeSets {
  private static final String IN_REVIEW = "REVIEW_IN_PROGRESS";

  private ChangeSets() {}

  /** {@code cfnCreateChangeSet}: its changes as a list; an empty one is no error. */
  static Optional<Object> create(Arguments arguments, Log log)
      throws IOException, InterruptedException {
    var request = new StackRequest(arguments);
    String name = arguments.required("changeSet");
    try (CloudFormationClient client = Stack.connect()) {
      Stack stack = new Stack(client, request.stack());
      var found = stack.find();
      boolean fresh = found.isEmpty() || found.get().stackStatusAsString().equals(IN_REVIEW);
      if (fresh && !arguments.flag("create", true)) {
        log.line("There is no stack " + stack.name() + ", and create is false: nothing is done");
        return Optional.empty();
      }
      log.line(
          "Creating CloudFormation change set "
              + name
              + (fresh ? " for new stack " : " for existing stack ")
              + stack.name());
      client.createChangeSet(order(request, name, fresh));
      DescribeChangeSetResponse made = settled(client, stack, name, arguments);
      if (made.statusAsString().equals("FAILED") && !isEmpty(made)) {
        throw new OperationFailed("change set " + name + ": " + made.statusReason());
      }
      log.line(
          (isEmpty(made) ? "Created empty change set " : "Created CloudFormation change set ")
              + name
              + " for stack "
              + stack.name());
      return Optional.of(changes(made));
    }
  }

  private static CreateChangeSetRequest order(StackRequest request, String name, boolean fresh)
      throws IOException {
    Optional<String> body = request.body();
    CreateChangeSetRequest.Builder call =
        CreateChangeSetRequest.builder()
            .stackName(request.stack())
            .changeSetName(name)
            .changeSetType(fresh ? ChangeSetType.CREATE : ChangeSetType.UPDATE)
            .capabilities(StackRequest.CAPABILITIES)
            .parameters(request.parameters(!fresh))
            .tags(request.tags())
            .roleARN(request.role())
            .rollbackConfiguration(request.rollback());
    if (!request.notifications().isEmpty()) {
      call.notificationARNs(request.notifications());
    }
    if (body.isPresent()) {
      call.templateBody(body.get());
    } else if (request.url().isPresent()) {
      call.templateURL(request.url().get());
    } else if (fresh) {
      throw new OperationFailed(
          "stack " + request.stack() + " is new: file, template or url is missing");
    } else {
      call.usePreviousTemplate(true);
    }
    return call.build();
  }

  private static DescribeChangeSetResponse settled(
      CloudFormationClient client, Stack stack, String name, Arguments arguments)
      throws InterruptedException {
    long pause = Math.max(200, arguments.number("pollInterval").orElse(1000L));
    while (true) {
      DescribeChangeSetResponse now =
          client.describeChangeSet(call -> call.stackName(stack.name()).changeSetName(name));
      if (!now.statusAsString().endsWith("_PENDING")
          && !now.statusAsString().endsWith("_IN_PROGRESS")) {
        return now;
      }
      Thread.sleep(pause);
    }
  }

  private static boolean isEmpty(DescribeChangeSetResponse set) {
    return set.statusAsString().equals("FAILED")
        && Stack.isNothingToDo(String.valueOf(set.statusReason()));
  }

  private static List<Object> changes(DescribeChangeSetResponse made) {
    List<Object> changes = new ArrayList<>();
    made.changes()
        .forEach(change -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("action", change.resourceChange().actionAsString());
          entry.put("logicalResourceId", change.resourceChange().logicalResourceId());
          entry.put("resourceType", change.resourceChange().resourceType());
          if (change.resourceChange().replacement() != null) {
            entry.put("replacement", change.resourceChange().replacementAsString());
          }
          changes.add(entry);
        });
    return changes;
  }

  /** {@code cfnExecuteChangeSet}: to the end; an empty one is deleted. Gives the outputs. */
  static Optional<Object> execute(Arguments arguments, Log log) throws InterruptedException {
    var request = new StackRequest(arguments);
    String name = arguments.required("changeSet");
    try (CloudFormationClient client = Stack.connect()) {
      Stack stack = new Stack(client, request.stack());
      DescribeChangeSetResponse set = settled(client, stack, name, arguments);
      if (isEmpty(set)) {
        log.line("Deleting empty change set " + name + " for stack " + stack.name());
        client.deleteChangeSet(call -> call.stackName(stack.name()).changeSetName(name));
        return stack.outputs(false);
      }
      boolean fresh =
          stack.find().filter(found -> found.stackStatusAsString().equals(IN_REVIEW)).isPresent();
      log.line("Executing change set " + name + " for stack " + stack.name());
      client.executeChangeSet(call ->
          call.stackName(stack.name()).changeSetName(name).clientRequestToken(request.token()));
      StackWatch watch =
          StackWatch.of(arguments, Optional.empty(), fresh ? "CREATE_COMPLETE" : "UPDATE_COMPLETE");
      stack.await(set.stackId(), request.token(), watch, log);
      log.line("Executed change set " + name + " for stack " + stack.name());
      return stack.outputs(true);
    }
  }
}
