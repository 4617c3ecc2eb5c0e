package dev.deputy.protocol;

/** Which AWS credentials the steps of a session see. */
public enum CredentialsMode {
  /** The deploy role's, assumed and refreshed by the agent. */
  DEPLOY_ROLE,
  /** The task role's; steps make the hop to the deploy role themselves (the classic mode). */
  TASK_ROLE,
  /** None at all. */
  NONE
}
