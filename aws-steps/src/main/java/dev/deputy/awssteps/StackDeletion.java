package dev.deputy.awssteps;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackRequest;

/** {@code cfnDelete}: deletes a stack, to the end; one that is not there is no error. */
final class StackDeletion {
  private StackDeletion() {}

  static Optional<Object> run(Arguments arguments, Log log) throws InterruptedException {
    var request = new StackRequest(arguments);
    try (CloudFormationClient client = Stack.connect()) {
      Stack stack = new Stack(client, request.stack());
      log.line("Removing CloudFormation stack " + stack.name());
      var found = stack.find();
      DeleteStackRequest.Builder call =
          DeleteStackRequest.builder()
              .stackName(stack.name())
              .roleARN(request.role())
              .clientRequestToken(request.token());
      List<String> retained = arguments.list("retainResources");
      if (!retained.isEmpty()) {
        call.retainResources(retained);
      }
      client.deleteStack(call.build());
      if (found.isPresent()) {
        Optional<Duration> limit = arguments.number("timeoutInMinutes").map(Duration::ofMinutes);
        StackWatch watch = StackWatch.of(arguments, limit, "DELETE_COMPLETE", "GONE");
        stack.await(found.get().stackId(), request.token(), watch, log);
      }
      log.line("Stack deletion complete");
      return Optional.empty();
    }
  }
}
