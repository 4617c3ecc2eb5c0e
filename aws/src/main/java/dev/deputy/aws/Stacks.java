package dev.deputy.aws;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** The stacks of one account and Region. */
final class Stacks implements AutoCloseable {
  private static final Duration FIRST_LOOK = Duration.ofMillis(10);
  private static final Duration SLOWEST_LOOK = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final CloudFormationClient cloudFormation;

  Stacks(AwsConnection connection) {
    this.cloudFormation = connection.cloudFormation();
  }

  /** The outputs of a stack that is complete; empty where there is no such stack. */
  Optional<Map<String, String>> outputs(String name) {
    return find(name).map(stack -> completeOutputs(name, stack));
  }

  /** Makes a stack, unless it is there, waits for it and returns its outputs. */
  Map<String, String> create(String name, String template, Map<String, String> parameters)
      throws InterruptedException {
    if (find(name).isEmpty()) {
      cloudFormation.createStack(call ->
          call.stackName(name)
              .templateBody(template)
              .parameters(parameters(parameters))
              .capabilities(Capability.CAPABILITY_NAMED_IAM));
    }
    Duration waited = Duration.ZERO;
    Duration pause = FIRST_LOOK;
    while (waited.compareTo(LIMIT) < 0) {
      Stack stack =
          find(name)
              .orElseThrow(
                  () -> new StackFailed("stack " + name + " is gone while it was being made"));
      if (!stack.stackStatusAsString().endsWith("_IN_PROGRESS")) {
        return completeOutputs(name, stack);
      }
      Thread.sleep(pause);
      waited = waited.plus(pause);
      pause =
          pause.multipliedBy(2).compareTo(SLOWEST_LOOK) < 0 ? pause.multipliedBy(2) : SLOWEST_LOOK;
    }
    throw new StackFailed(
        "stack " + name + " is not complete after " + LIMIT.toMinutes() + " minutes");
  }

  @Override
  public void close() {
    cloudFormation.close();
  }

  private Optional<Stack> find(String name) {
    try {
      return cloudFormation.describeStacks(call -> call.stackName(name)).stacks().stream()
          .findFirst();
    } catch (CloudFormationException e) {
      if (e.statusCode() == 400 && String.valueOf(e.getMessage()).contains("does not exist")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Map<String, String> completeOutputs(String name, Stack stack) {
    String status = stack.stackStatusAsString();
    if (!status.endsWith("_COMPLETE") || status.contains("ROLLBACK") || status.contains("DELETE")) {
      throw new StackFailed("stack " + name + " is " + status + firstFailure(name));
    }
    Map<String, String> outputs = new HashMap<>();
    for (Output output : stack.outputs()) {
      outputs.put(output.outputKey(), output.outputValue());
    }
    return outputs;
  }

  private String firstFailure(String name) {
    List<StackEvent> failed =
        cloudFormation
            .describeStackEventsPaginator(call -> call.stackName(name))
            .stackEvents()
            .stream()
            .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
            .toList();
    // The newest event comes first; the oldest failure is the cause.
    return failed.isEmpty()
        ? ""
        : ": "
            + failed.getLast().logicalResourceId()
            + ": "
            + failed.getLast().resourceStatusReason();
  }

  private static Collection<Parameter> parameters(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> Parameter.builder().parameterKey(p.getKey()).parameterValue(p.getValue()).build())
        .collect(Collectors.toList());
  }
}
