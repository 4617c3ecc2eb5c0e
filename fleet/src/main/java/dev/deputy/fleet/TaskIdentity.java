package dev.deputy.fleet;

import dev.deputy.core.AgentIdentities.Answer.Proven;
import dev.deputy.core.Infrastructure.Deployed;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether an identity that STS proved is one certain task. ECS names the session of a task role
 * after the task; the ARN of an assumed role lacks the role's path, the unique id tells roles of
 * the same name apart. Pure.
 */
final class TaskIdentity {
  private static final Pattern ASSUMED_ROLE =
      Pattern.compile(
          "arn:(?<partition>[a-z-]+):sts::(?<account>[0-9]{12}):assumed-role/"
              + "(?<role>[\\w+=,.@-]{1,64})/(?<session>[\\w+=,.@-]{2,64})");

  private TaskIdentity() {}

  /** What is wrong, for the audit log; empty where nothing is. */
  static Optional<String> fault(
      Proven proven, Deployed deployed, String taskArn, String clusterAccount) {
    Matcher arn = ASSUMED_ROLE.matcher(proven.arn());
    if (!arn.matches()) {
      return Optional.of("the caller is not an assumed role");
    }
    String[] role = deployed.taskRole().split(":", 6);
    if (!proven.account().equals(clusterAccount)
        || !arn.group("account").equals(clusterAccount)
        || !role[4].equals(clusterAccount)
        || !arn.group("partition").equals(role[1])) {
      return Optional.of("the caller is of another account");
    }
    if (!arn.group("role").equals(last(deployed.taskRole()))) {
      return Optional.of("the caller has another role than the task");
    }
    String task = last(taskArn);
    if (!arn.group("session").equals(task)) {
      return Optional.of("the caller is another task");
    }
    if (!proven.userId().equals(deployed.taskRoleId() + ":" + task)) {
      return Optional.of("the caller's role was made anew under the same name");
    }
    return Optional.empty();
  }

  private static String last(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}
