package dev.deputy.fleet;

import dev.deputy.core.BuildId;
import dev.deputy.core.LaunchId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Gets agents for needs: the face of the fleet towards builds. */
public interface Agents {
  /**
   * Launches one task for the need and returns its agent once it proved its identity and was
   * assigned. Blocks; when interrupted it leaves no task and no live launch behind.
   */
  Agent acquire(Need need, AgentEvents events)
      throws InterruptedException, LaunchFailed, AccessRefused;

  /**
   * The agent of a launch that an earlier process of this controller assigned to the need. Returns
   * at once; calls of the agent wait for it to come back, and end with {@link Agent.ResultUnknown}
   * where it does not.
   */
  Agent resume(Need need, Assigned assigned, AgentEvents events);

  /** The build has called {@link #resume} for every agent that it has: it has no other. */
  void resumed(BuildId build);

  /**
   * An agent as the build knew it.
   *
   * @param workspace as {@link Agent#workspace} said
   * @param environment as {@link Agent#environment} said
   * @param key what tells it from others; empty for one that can not come back
   */
  record Assigned(
      LaunchId launch, String workspace, Map<String, String> environment, Optional<Key> key) {
    public Assigned {
      // In its order, which pipeline code can see.
      environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
  }

  /**
   * What tells an agent from others. No secret.
   *
   * @param publicKey whose holder it is
   * @param tokenHash of the token for its transfers
   */
  record Key(String publicKey, String tokenHash) {}

  /** Access was refused on the way (the policy or an approval changed since the need was made). */
  final class AccessRefused extends Exception {
    public AccessRefused(String reason) {
      super(reason);
    }
  }
}
