package dev.deputy.builds;

import dev.deputy.core.JobName;
import dev.deputy.core.LibraryStore;
import dev.deputy.core.LibraryStore.Library;
import dev.deputy.core.LibraryStore.Unusable;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The libraries that a build has loaded: each once, so that every use of a name is of one version.
 * Touched only with the build's baton.
 */
final class LoadedLibraries {
  private final LibraryStore store;
  private final JobName job;
  private final Map<String, Library> loaded = new LinkedHashMap<>();

  LoadedLibraries(LibraryStore store, JobName job) {
    this.store = store;
    this.job = job;
  }

  /** The library of this name where the build has it already. */
  Optional<Library> find(String name) {
    return Optional.ofNullable(loaded.get(name));
  }

  /** Reads a library, without the baton. */
  Library load(StepContext step, String name, Optional<String> version) {
    Library library =
        step.await(() -> {
          try {
            return store.load(job, name, version);
          } catch (Unusable e) {
            throw new StepFailed(String.valueOf(e.getMessage()));
          }
        });
    loaded.put(name, library);
    return library;
  }

  /** A file below {@code resources/}, of the library that was loaded first and has it. */
  Optional<byte[]> resource(String path) {
    return loaded.values().stream()
        .flatMap(library -> Optional.ofNullable(library.resources().get(path)).stream())
        .findFirst();
  }
}
