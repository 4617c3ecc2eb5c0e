package dev.deputy.aws;

import java.util.List;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/**
 * Revisions of task definitions that later ones replaced: they stay for builds that wait, and are
 * in no stack any more.
 */
final class LeftRevisions {
  private LeftRevisions() {}

  /**
   * Deregisters what is left of a family once its stack is gone. Revisions of the family that
   * somebody else made have another task role and stay.
   *
   * @param role the name of the task role that the stack had
   */
  static void deregister(AwsConnection connection, String family, String role) {
    try (EcsClient ecs = connection.ecs()) {
      List<String> active =
          ecs
              .listTaskDefinitionsPaginator(
                  call -> call.familyPrefix(family).status(TaskDefinitionStatus.ACTIVE))
              .taskDefinitionArns()
              .stream()
              .toList();
      for (String arn : active) {
        TaskDefinition revision =
            ecs.describeTaskDefinition(call -> call.taskDefinition(arn)).taskDefinition();
        if (revision.family().equals(family)
            && String.valueOf(revision.taskRoleArn()).endsWith(":role/" + role)) {
          ecs.deregisterTaskDefinition(call -> call.taskDefinition(arn));
        }
      }
    }
  }
}
