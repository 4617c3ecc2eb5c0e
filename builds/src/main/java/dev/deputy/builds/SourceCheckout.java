package dev.deputy.builds;

import dev.deputy.core.Source;
import dev.deputy.fleet.Agent;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.util.Map;

/**
 * Delivers the source that a build was made of: as a git repository where it is a commit and the
 * agent has the git program, which then writes the files; otherwise the files alone.
 */
record SourceCheckout(StepContext step) {
  /** The shell's status for a program that is not there. */
  private static final int NO_SUCH_PROGRAM = 127;

  /**
   * The files of a checkout that was here before and are not in this one go, as git does it; what
   * git never knew stays.
   */
  private static final String WRITE_FILES =
      """
      command -v git >/dev/null 2>&1 || { rm -rf .git; exit 127; }
      unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY
      rm -f .git/index.lock
      exec git -c advice.detachedHead=false reset --hard --quiet
      """;

  /**
   * @param dir relative to the workspace, or absolute
   * @return what {@code checkout} returns
   */
  Map<String, String> run(String dir) {
    JobSource job = step.build().jobSource();
    Source source = job.source();
    boolean delivered = source.history().map(history -> asRepository(history, dir)).orElse(false);
    if (!delivered) {
      deliver(dir, source::archive);
    }
    step.say("Checked out " + source.describe());
    return job.revision();
  }

  private boolean asRepository(Source.History history, String dir) {
    deliver(dir, history::archive);
    int status = AgentScript.only(WRITE_FILES, Map.of()).run(step, dir).status();
    if (status != 0 && status != NO_SUCH_PROGRAM) {
      throw new StepFailed("checkout: git on the agent returned exit code " + status);
    }
    return status == 0;
  }

  private void deliver(String dir, Agent.Content content) {
    step.doOnAgent(agent -> agent.deliver(step.number(), dir, content));
  }
}
