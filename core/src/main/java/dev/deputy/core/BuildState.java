package dev.deputy.core;

/** A build's state. The last five are terminal and absorb every further event. */
public enum BuildState {
  QUEUED,
  RUNNING,
  /** For an approval or an agent. */
  WAITING,
  SUCCESS,
  UNSTABLE,
  FAILURE,
  ABORTED,
  NOT_BUILT;

  public boolean terminal() {
    return compareTo(WAITING) > 0;
  }
}
