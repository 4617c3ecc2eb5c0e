package dev.deputy.awssteps;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.OnFailure;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackRequest;

/** {@code cfnUpdate}: creates a stack or updates it, to the end, and gives its outputs. */
final class StackUpdate {
  private final StackRequest request;
  private final Arguments arguments;
  private final CloudFormationClient client;
  private final Log log;

  private StackUpdate(Arguments arguments, CloudFormationClient client, Log log) {
    this.request = new StackRequest(arguments);
    this.arguments = arguments;
    this.client = client;
    this.log = log;
  }

  static Optional<Object> run(Arguments arguments, Log log)
      throws IOException, InterruptedException {
    try (CloudFormationClient client = Stack.connect()) {
      return new StackUpdate(arguments, client, log).run();
    }
  }

  private Optional<Object> run() throws IOException, InterruptedException {
    Stack stack = new Stack(client, request.stack());
    var found = stack.find();
    if (found.isPresent()) {
      return update(stack, found.get().stackId());
    }
    if (!arguments.flag("create", true)) {
      log.line("There is no stack " + stack.name() + ", and create is false: nothing is done");
      return Optional.empty();
    }
    return create(stack);
  }

  private Optional<Object> create(Stack stack) throws IOException, InterruptedException {
    Optional<String> body = request.body();
    if (body.isEmpty() && request.url().isEmpty()) {
      throw new OperationFailed(
          "stack " + stack.name() + " is new: file, template or url is missing");
    }
    CreateStackRequest.Builder call =
        CreateStackRequest.builder()
            .stackName(stack.name())
            .capabilities(StackRequest.CAPABILITIES)
            .templateBody(body.orElse(null))
            .templateURL(body.isPresent() ? null : request.url().orElse(null))
            .parameters(request.parameters(false))
            .tags(request.tags())
            .roleARN(request.role())
            .onFailure(onFailure())
            .clientRequestToken(request.token());
    arguments.number("timeoutInMinutes").ifPresent(m -> call.timeoutInMinutes(Math.toIntExact(m)));
    if (!request.notifications().isEmpty()) {
      call.notificationARNs(request.notifications());
    }
    if (arguments.flag("enableTerminationProtection", false)) {
      call.enableTerminationProtection(true);
    }
    log.line("Creating CloudFormation stack " + stack.name());
    String id = client.createStack(call.build()).stackId();
    stack.await(
        id, request.token(), StackWatch.of(arguments, Optional.empty(), "CREATE_COMPLETE"), log);
    log.line("Created CloudFormation stack " + stack.name());
    return stack.outputs(true);
  }

  private OnFailure onFailure() {
    String asked = arguments.text("onFailure").orElse("DELETE");
    OnFailure known = OnFailure.fromValue(asked);
    if (known == OnFailure.UNKNOWN_TO_SDK_VERSION) {
      throw new OperationFailed(
          "onFailure: \"" + asked + "\" (expected: DO_NOTHING, ROLLBACK or DELETE)");
    }
    return known;
  }

  private Optional<Object> update(Stack stack, String id) throws IOException, InterruptedException {
    Optional<String> body = request.body();
    UpdateStackRequest.Builder call =
        UpdateStackRequest.builder()
            .stackName(stack.name())
            .capabilities(StackRequest.CAPABILITIES)
            .parameters(request.parameters(true))
            .roleARN(request.role())
            .rollbackConfiguration(request.rollback())
            .clientRequestToken(request.token());
    if (body.isPresent()) {
      call.templateBody(body.get());
    } else if (request.url().isPresent()) {
      call.templateURL(request.url().get());
    } else {
      call.usePreviousTemplate(true);
    }
    List<Tag> tags = request.tags();
    if (!tags.isEmpty()) {
      call.tags(tags);
    }
    if (!request.notifications().isEmpty()) {
      call.notificationARNs(request.notifications());
    }
    log.line("Updating CloudFormation stack " + stack.name());
    try {
      client.updateStack(call.build());
    } catch (CloudFormationException e) {
      if (Stack.isNothingToDo(e)) {
        log.line("No updates were needed for CloudFormation stack " + stack.name());
        return stack.outputs(false);
      }
      throw e;
    }
    Optional<Duration> limit = arguments.number("timeoutInMinutes").map(Duration::ofMinutes);
    stack.await(id, request.token(), StackWatch.of(arguments, limit, "UPDATE_COMPLETE"), log);
    log.line("Updated CloudFormation stack " + stack.name());
    return stack.outputs(true);
  }
}
