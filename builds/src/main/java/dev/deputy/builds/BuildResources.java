package dev.deputy.builds;

import dev.deputy.core.CredentialStore;
import dev.deputy.core.LibraryStore;
import dev.deputy.core.Notices;

/**
 * What the configuration lets builds use beside agents.
 *
 * @param credentials by job
 * @param libraries by job
 * @param notices how they tell people
 */
public record BuildResources(CredentialStore credentials, LibraryStore libraries, Notices notices) {
  /** Nothing. */
  public static final BuildResources NONE =
      new BuildResources(CredentialStore.NONE, LibraryStore.NONE);

  /** Without notices. */
  public BuildResources(CredentialStore credentials, LibraryStore libraries) {
    this(credentials, libraries, Notices.NONE);
  }
}
