package dev.deputy.server;

import dev.deputy.builds.BuildResources;
import dev.deputy.core.Credential;
import dev.deputy.core.CredentialStore;
import dev.deputy.core.JobName;
import dev.deputy.core.LibraryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What builds on the user's own machine may use: all of the configuration that lies nearest to each
 * file, and libraries that the command line names, which go first.
 */
public final class LocalResources implements CredentialStore, LibraryStore {
  private final Map<JobName, BuildResources> byJob = new HashMap<>();
  private final BuildResources others;

  private LocalResources(BuildResources others) {
    this.others = others;
  }

  /**
   * @param configurations by job; a job that is not here has the named libraries only
   * @param named on the command line
   * @param environment of this process
   */
  public static BuildResources of(
      Map<JobName, Configuration> configurations,
      List<ConfiguredLibraries.Library> named,
      StateFolder state,
      Map<String, String> environment) {
    Path cache = state.libraries();
    LocalResources all =
        new LocalResources(
            new BuildResources(CredentialStore.NONE, new ConfiguredLibraries(named, cache, true)));
    configurations.forEach((job, configuration) -> {
      List<ConfiguredLibraries.Library> libraries = new ArrayList<>(named);
      libraries.addAll(configuration.libraries());
      all.byJob.put(
          job,
          new BuildResources(
              new ConfiguredCredentials(configuration, environment, true),
              new ConfiguredLibraries(libraries, cache, true)));
    });
    return new BuildResources(all, all);
  }

  private BuildResources of(JobName job) {
    return byJob.getOrDefault(job, others);
  }

  @Override
  public Optional<Credential> find(JobName job, String id) {
    return of(job).credentials().find(job, id);
  }

  @Override
  public List<String> ids(JobName job) {
    return of(job).credentials().ids(job);
  }

  @Override
  public byte[] read(Credential.Value value) throws IOException {
    // Where a value is does not depend on the job that asks for it.
    return byJob.values().iterator().next().credentials().read(value);
  }

  @Override
  public List<String> names(JobName job) {
    return of(job).libraries().names(job);
  }

  @Override
  public List<String> implicit(JobName job) {
    return of(job).libraries().implicit(job);
  }

  @Override
  public Optional<String> named(JobName job, String remote) {
    return of(job).libraries().named(job, remote);
  }

  @Override
  public LibraryStore.Library load(JobName job, String name, Optional<String> version)
      throws Unusable {
    return of(job).libraries().load(job, name, version);
  }
}
