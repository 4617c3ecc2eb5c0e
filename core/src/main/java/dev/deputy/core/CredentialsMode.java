package dev.deputy.core;

/** How the steps of an agent get AWS credentials. */
public enum CredentialsMode {
  /**
   * The supervisor assumes the deploy role and serves its credentials, refreshed; steps never see
   * the task role.
   */
  DEPLOY_ROLE,
  /** The classic practice: steps see the task role and assume the deploy role themselves. */
  TASK_ROLE,
  /** No credentials at all: an agent without an account. */
  NONE
}
