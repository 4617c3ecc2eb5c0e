package dev.deputy.protocol;

/** What separates the steps' processes from the agent's. */
public enum Isolation {
  /** Steps run as another user without capabilities or a way to gain privileges. */
  USER,
  /** Steps run as the agent's own user and can read what it can read. */
  NONE
}
