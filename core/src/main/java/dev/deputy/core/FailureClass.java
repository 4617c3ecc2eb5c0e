package dev.deputy.core;

/**
 * Why a launch failed: a closed set, classified once at the adapter. Decides whether trying again
 * makes sense.
 */
public enum FailureClass {
  /** The cluster has no room now; worth waiting for. */
  CAPACITY,
  /** AWS asked us to slow down; worth waiting for. */
  THROTTLED,
  /** Something outside is unavailable for a moment. */
  TRANSIENT,
  /** The set-up is wrong (missing cluster, bad definition): trying again cannot help. */
  MISCONFIGURED,
  /** IAM refused: trying again cannot help. */
  ACCESS,
  /** The image could not be pulled. */
  IMAGE_PULL,
  /** The task ended before its agent registered, or was interrupted. */
  TASK_DIED,
  /** The agent's proof of identity was refused. */
  IDENTITY,
  /** Nothing was heard of the agent in time. */
  TIMEOUT,
  /** Given up because the build ended. */
  CANCELLED,
  UNKNOWN
}
