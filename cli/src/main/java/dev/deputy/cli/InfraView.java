package dev.deputy.cli;

import dev.deputy.aws.DeploymentProgress;
import dev.deputy.aws.StackChange;
import java.util.List;

/** Shows what is to be deployed and what becomes of it. */
interface InfraView extends DeploymentProgress {
  /** Whether somebody reads it who can be asked. */
  boolean isForPeople();

  /** What is to be done, all of it, and the stacks that stay as they are. */
  void plan(List<StackChange> plan);

  /** The end of a deployment. */
  void finished(String words);

  /** Something else, in words. */
  void say(String words);
}
