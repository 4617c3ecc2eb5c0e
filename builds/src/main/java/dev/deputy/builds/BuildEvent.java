package dev.deputy.builds;

import dev.deputy.core.Account;
import dev.deputy.core.BuildId;
import dev.deputy.core.BuildState;
import dev.deputy.core.Cause;
import dev.deputy.core.TemplateName;
import dev.deputy.pipeline.BuildResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What happens in a build, for terminals, pages and machines. Never holds a secret. */
public sealed interface BuildEvent {
  /** When it happened. */
  Instant time();

  BuildId build();

  /** The event's name in JSON output. */
  default String type() {
    return switch (this) {
      case BuildStarted _ -> "build-started";
      case StageStarted _ -> "stage-started";
      case StageFinished _ -> "stage-finished";
      case AgentWaiting _ -> "agent-waiting";
      case AgentLaunching _ -> "agent-launching";
      case AgentRegistered _ -> "agent-registered";
      case CredentialsIssued _ -> "credentials-issued";
      case Log _ -> "log";
      case QuestionAsked _ -> "question";
      case Denied _ -> "denied";
      case BuildFinished _ -> "build-finished";
    };
  }

  /** The build has its number and runs. */
  record BuildStarted(
      Instant time,
      BuildId build,
      String script,
      Optional<String> branch,
      Optional<String> commit,
      Cause cause)
      implements BuildEvent {}

  /**
   * A stage of a build.
   *
   * @param step the step that opened it: tells stages of one name apart
   * @param path the names from the outermost stage to this one
   * @param branch the parallel branch it runs in; empty for the main line
   */
  record Stage(int step, List<String> path, String branch) {
    public Stage {
      path = List.copyOf(path);
    }

    public String name() {
      return path.getLast();
    }
  }

  /**
   * @param repeated whether an earlier process has told of it, before the build went on in this
   *     one; its time is that of the repetition
   */
  record StageStarted(Instant time, BuildId build, Stage stage, boolean repeated)
      implements BuildEvent {}

  /**
   * @param repeated as of a {@link StageStarted}
   * @param skipped why nothing of it ran; empty where it ran
   */
  record StageFinished(
      Instant time,
      BuildId build,
      Stage stage,
      BuildResult state,
      Duration duration,
      Optional<String> skipped,
      boolean repeated)
      implements BuildEvent {}

  /**
   * An agent as a build sees it.
   *
   * @param stage that needs it; empty outside of stages
   * @param account that its credentials reach; empty where there is none
   */
  record AgentUse(String stage, TemplateName template, Optional<Account> account) {}

  /** There is a reason why the agent does not come yet. */
  record AgentWaiting(Instant time, BuildId build, AgentUse agent, String reason)
      implements BuildEvent {}

  /** RunTask was accepted. */
  record AgentLaunching(Instant time, BuildId build, AgentUse agent, String task)
      implements BuildEvent {}

  /**
   * The agent proved its identity.
   *
   * @param role the ARN of the session that it proved to be
   * @param isolation how steps are kept apart from the agent's supervisor
   */
  record AgentRegistered(
      Instant time, BuildId build, AgentUse agent, String task, String role, String isolation)
      implements BuildEvent {}

  /**
   * @param session the ARN of the deploy role's session
   */
  record CredentialsIssued(
      Instant time,
      BuildId build,
      AgentUse agent,
      String session,
      String accessKeyId,
      Instant expires)
      implements BuildEvent {}

  /**
   * Bytes were added to the console log.
   *
   * @param step that printed them; 0 for the build itself
   * @param stage the innermost stage; empty outside of stages
   * @param branch the parallel branch; empty for the main line
   * @param text one or more lines with their ends; the last line may lack it where a step's output
   *     does
   * @param annotation whether it is a line that marks the pipeline's course ({@code [Pipeline] …})
   */
  record Log(
      Instant time,
      BuildId build,
      int step,
      String stage,
      String branch,
      String text,
      boolean annotation)
      implements BuildEvent {}

  record QuestionAsked(Instant time, BuildId build, Question question) implements BuildEvent {}

  /**
   * Access was denied: nothing in the pipeline changes that the build fails of it.
   *
   * @param message names the job, the template and the grant that is missing
   */
  record Denied(Instant time, BuildId build, String stage, String message) implements BuildEvent {}

  /** The last one. */
  record BuildFinished(
      Instant time,
      BuildId build,
      String script,
      BuildState result,
      Duration duration,
      Path logFile)
      implements BuildEvent {}
}
