package dev.deputy.sandbox;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The roles that ECS has taken on for one task.
 *
 * @param task whose credentials its containers get
 * @param execution with which ECS works for it
 * @param instance as whom ECS works for it without an execution role: on AWS the role of the
 *     container instance
 */
record EcsTaskRoles(
    Optional<TaskCredentials> task, Optional<TaskCredentials> execution, Caller instance) {

  /**
   * Takes on the roles once, so that a role that is gone or does not trust ECS is known at once.
   *
   * @throws AwsException in ECS's words
   */
  void verify() {
    Stream.of(task, execution)
        .flatMap(Optional::stream)
        .forEach(role -> {
          try {
            role.current();
          } catch (AwsException _) {
            throw AwsException.of(
                "ClientException",
                ("ECS was unable to assume the role '%s' that was provided for this task. "
                        + "Please verify that the role being passed has the proper trust "
                        + "relationship and permissions and that your IAM user has permissions to "
                        + "pass this role.")
                    .formatted(role.roleArn()));
          }
        });
  }

  /** Whose permissions on CloudWatch Logs count for the awslogs driver. */
  Caller logsCaller() {
    return execution
        .map(TaskCredentials::current)
        .map(issued ->
            Caller.of(issued.session(), issued.key(), instance.region(), EcsAccess.TASKS_PRINCIPAL))
        .orElse(instance);
  }

  /** Ends all credentials that were issued. */
  void end() {
    task.ifPresent(TaskCredentials::end);
    execution.ifPresent(TaskCredentials::end);
  }
}
