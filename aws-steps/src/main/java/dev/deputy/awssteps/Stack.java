package dev.deputy.awssteps;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;

/** A stack of the account, by its name or id. */
record Stack(CloudFormationClient client, String name) {
  /** Says in an answer's outputs whether the stack was changed, as in Jenkins. */
  static final String CHANGED = "jenkinsStackUpdateStatus";

  private static final String NOTHING_TO_DO = "No updates are to be performed";

  static CloudFormationClient connect() {
    return CloudFormationClient.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /**
   * The stack as it is; empty where there is none.
   *
   * @throws CloudFormationException for any other refusal
   */
  Optional<software.amazon.awssdk.services.cloudformation.model.Stack> find() {
    try {
      return client.describeStacks(call -> call.stackName(name)).stacks().stream().findFirst();
    } catch (CloudFormationException e) {
      if (said(e, "ValidationError", "does not exist")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The outputs of a stack that has to be there. */
  Map<String, Object> outputs() {
    Map<String, Object> outputs = new LinkedHashMap<>();
    List<Output> found =
        find().orElseThrow(() -> new OperationFailed("there is no stack " + name)).outputs();
    found.forEach(output -> outputs.put(output.outputKey(), output.outputValue()));
    return outputs;
  }

  /** The outputs, and whether an operation changed the stack. */
  Optional<Object> outputs(boolean changed) {
    Map<String, Object> outputs = outputs();
    outputs.put(CHANGED, Boolean.toString(changed));
    return Optional.of(outputs);
  }

  /** Whether CloudFormation says that there is nothing to do. */
  static boolean isNothingToDo(CloudFormationException e) {
    return said(e, "ValidationError", NOTHING_TO_DO);
  }

  /** Whether a change set's state says that there is nothing to do. */
  static boolean isNothingToDo(String statusReason) {
    return statusReason.contains(NOTHING_TO_DO) || statusReason.contains("didn't contain changes");
  }

  private static boolean said(CloudFormationException e, String code, String text) {
    return e.awsErrorDetails() != null
        && code.equals(e.awsErrorDetails().errorCode())
        && String.valueOf(e.awsErrorDetails().errorMessage()).contains(text);
  }

  /** Waits for the end of an operation that this token names. */
  void await(String id, String token, StackWatch watch, Log log) throws InterruptedException {
    watch.await(new Stack(client, id), name, token, log, Instant.now());
  }
}
