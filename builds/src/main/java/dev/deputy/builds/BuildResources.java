package dev.deputy.builds;

import dev.deputy.core.CredentialStore;

/**
 * What the configuration lets builds use beside agents.
 *
 * @param credentials by job
 */
public record BuildResources(CredentialStore credentials) {
  /** Nothing. */
  public static final BuildResources NONE = new BuildResources(CredentialStore.NONE);
}
