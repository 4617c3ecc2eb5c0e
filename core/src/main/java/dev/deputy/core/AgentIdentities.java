package dev.deputy.core;

import java.util.Map;

/**
 * Asks STS who signed. The endpoint, method and body are the controller's own; of the agent only
 * the headers of its signature are used.
 */
public interface AgentIdentities {
  /**
   * Sends the signed GetCallerIdentity request to STS.
   *
   * @param headers the request's headers as the agent signed them, lower-case names
   */
  Answer callerIdentity(Map<String, String> headers);

  /** What STS says. */
  sealed interface Answer {
    /**
     * @param arn such as {@code arn:aws:sts::000000000000:assumed-role/Name/task-id}
     * @param userId such as {@code AROA…:task-id}
     */
    record Proven(String account, String arn, String userId) implements Answer {}

    /** STS, or a check before it, refused; the reason never repeats a header's value. */
    record Refused(String reason) implements Answer {}

    /** STS could not be reached; the agent may try again. */
    record Unavailable(String reason) implements Answer {}
  }
}
