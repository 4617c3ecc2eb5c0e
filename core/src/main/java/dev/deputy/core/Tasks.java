package dev.deputy.core;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one cluster that agents run in. Calls block and are thread-safe; what AWS answers is
 * classified here, once. None of them ever logs or returns a secret.
 */
public interface Tasks {
  /**
   * Starts one task. Idempotent: the same request again (same launch) gives the same task.
   *
   * @return how it went; never an exception for what AWS may well answer
   */
  RunAnswer run(RunRequest request);

  /**
   * As {@link #run(RunRequest)}. Where it has to wait because AWS allows only so many calls, it
   * waits no longer than the wish lasts, and is then refused with {@link FailureClass#CANCELLED}
   * without a call.
   */
  default RunAnswer run(RunRequest request, Wish wish) {
    return run(request);
  }

  /**
   * The state of tasks; a task that AWS does not know (yet, or any more) is missing in the answer.
   *
   * @param taskArns any number; asked for in hundreds
   */
  List<TaskStatus> describe(Collection<String> taskArns);

  /**
   * Asks for a task to be stopped. Stopping what is gone is success.
   *
   * @return false where AWS does not know the task (yet, or any more)
   */
  boolean stop(String taskArn, String reason);

  /** ARNs of all tasks of this controller that are not stopped, found by {@code startedBy}. */
  List<String> list(ControllerId startedBy);

  /** The variable in {@link RunRequest#environment} that says which launch a task is of. */
  String LAUNCH_VARIABLE = "DEPUTY_LAUNCH";

  /**
   * What to run.
   *
   * @param launch the client token
   * @param taskDefinition ARN with revision
   * @param environment of the agent's container; holds no secret
   * @param tags of the task
   */
  record RunRequest(
      LaunchId launch,
      ControllerId startedBy,
      String taskDefinition,
      Map<String, String> environment,
      Map<String, String> tags) {
    public RunRequest {
      environment = Map.copyOf(environment);
      tags = Map.copyOf(tags);
    }
  }

  /** How RunTask went. */
  sealed interface RunAnswer {
    record Started(String taskArn) implements RunAnswer {}

    /**
     * @param reason AWS's own words
     */
    record Refused(FailureClass kind, String reason) implements RunAnswer {}
  }

  /**
   * A task as ECS sees it.
   *
   * @param launch whose task it is, where its environment says so
   * @param lastStatus ECS's word, such as PROVISIONING, PENDING, RUNNING, STOPPED
   * @param ended present when {@code lastStatus} is STOPPED
   */
  record TaskStatus(
      String taskArn, Optional<LaunchId> launch, String lastStatus, Optional<Ended> ended) {
    public boolean stopped() {
      return ended.isPresent();
    }
  }

  /** Why a task stopped, classified, with AWS's own words. */
  record Ended(FailureClass kind, String reason) {}
}
