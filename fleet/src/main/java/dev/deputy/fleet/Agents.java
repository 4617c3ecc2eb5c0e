package dev.deputy.fleet;

/** Gets agents for needs: the face of the fleet towards builds. */
public interface Agents {
  /**
   * Launches one task for the need and returns its agent once it proved its identity and was
   * assigned. Blocks; when interrupted it leaves no task and no live launch behind.
   */
  Agent acquire(Need need, AgentEvents events)
      throws InterruptedException, LaunchFailed, AccessRefused;

  /** Access was refused on the way (the policy or an approval changed since the need was made). */
  final class AccessRefused extends Exception {
    public AccessRefused(String reason) {
      super(reason);
    }
  }
}
