package dev.deputy.pipeline;

import java.util.Map;

/**
 * The block a step runs in: environment, agent, directory, stage. Owned by the host; the
 * interpreter carries it and hands a block's own scope to the steps inside it. Immutable.
 */
public interface Scope {
  /**
   * Everything that {@code env} shows here: the build's environment, then the agent's, then each
   * {@code withEnv} from the outside in.
   */
  Map<String, String> environment();
}
