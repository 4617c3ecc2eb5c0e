package dev.deputy.server;

import dev.deputy.access.NamePattern;
import dev.deputy.core.JobName;
import dev.deputy.core.LibraryStore;
import dev.deputy.core.Nearest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The libraries of a configuration. A version is one commit for the build that asked for it. */
public final class ConfiguredLibraries implements LibraryStore {
  private final List<Library> libraries;
  private final LibraryReader reader;
  private final boolean everyJob;

  /**
   * One of {@code libraries}.
   *
   * @param location a folder, or the address of a git repository
   * @param defaultVersion where a pipeline names none
   * @param implicit whether every file has it
   * @param override whether pipelines may name another version
   * @param jobs patterns of the jobs that may load it; empty: all of them, a global library
   */
  public record Library(
      String name,
      Location location,
      Optional<String> defaultVersion,
      boolean implicit,
      boolean override,
      List<String> jobs) {
    public Library {
      jobs = List.copyOf(jobs);
    }

    /** A folder of this machine, as it lies there or as a version of it. */
    public static Library ofFolder(String name, Path folder) {
      return new Library(
          name, new Location.Folder(folder), Optional.empty(), false, true, List.of());
    }
  }

  /** Where a library is. */
  public sealed interface Location {
    /** A folder, which may be a git repository. */
    record Folder(Path path) implements Location {}

    /**
     * A git repository.
     *
     * @param address without credentials
     */
    record Remote(String address) implements Location {}
  }

  /**
   * @param cache where copies of repositories are kept
   * @param everyJob whether every job may load all of them
   */
  public ConfiguredLibraries(List<Library> libraries, Path cache, boolean everyJob) {
    this.libraries = List.copyOf(libraries);
    this.reader = new LibraryReader(cache);
    this.everyJob = everyJob;
  }

  private List<Library> allowed(JobName job) {
    return libraries.stream()
        .filter(library ->
            everyJob
                || library.jobs().isEmpty()
                || library.jobs().stream()
                    .anyMatch(pattern -> NamePattern.of(pattern).matches(job.value())))
        .toList();
  }

  @Override
  public List<String> names(JobName job) {
    return allowed(job).stream().map(Library::name).toList();
  }

  @Override
  public List<String> implicit(JobName job) {
    return allowed(job).stream().filter(Library::implicit).map(Library::name).toList();
  }

  @Override
  public Optional<String> named(JobName job, String remote) {
    return allowed(job).stream()
        .filter(library -> library.location().equals(new Location.Remote(remote)))
        .map(Library::name)
        .findFirst();
  }

  @Override
  public LibraryStore.Library load(JobName job, String name, Optional<String> version)
      throws Unusable {
    Library library =
        allowed(job).stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new Unusable(unknown(job, name)));
    if (version.isPresent() && !library.override() && !version.equals(library.defaultVersion())) {
      throw new Unusable("Version override not permitted for library " + name);
    }
    Optional<String> wanted = version.or(library::defaultVersion);
    try {
      return reader.read(library, wanted);
    } catch (IOException e) {
      throw new Unusable(
          "Library "
              + name
              + wanted.map(v -> "@" + v).orElse("")
              + " can not be loaded: "
              + e.getMessage());
    }
  }

  private String unknown(JobName job, String name) {
    List<String> known = names(job);
    String hint =
        Nearest.to(name, known)
            .map(near -> "did you mean '" + near + "'?")
            .orElse(
                known.isEmpty()
                    ? "none is listed under libraries in deputy.yaml"
                    : "there are " + String.join(", ", known));
    return "Could not find any definition of libraries [" + name + "]; " + hint;
  }
}
