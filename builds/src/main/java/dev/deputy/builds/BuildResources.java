package dev.deputy.builds;

import dev.deputy.core.CredentialStore;
import dev.deputy.core.LibraryStore;

/**
 * What the configuration lets builds use beside agents.
 *
 * @param credentials by job
 * @param libraries by job
 */
public record BuildResources(CredentialStore credentials, LibraryStore libraries) {
  /** Nothing. */
  public static final BuildResources NONE =
      new BuildResources(CredentialStore.NONE, LibraryStore.NONE);
}
