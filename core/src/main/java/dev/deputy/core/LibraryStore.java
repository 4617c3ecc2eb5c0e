package dev.deputy.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shared libraries that jobs may load. Thread-safe. */
public interface LibraryStore {
  /** Has none. */
  LibraryStore NONE =
      new LibraryStore() {
        @Override
        public List<String> names(JobName job) {
          return List.of();
        }

        @Override
        public List<String> implicit(JobName job) {
          return List.of();
        }

        @Override
        public Optional<String> named(JobName job, String remote) {
          return Optional.empty();
        }

        @Override
        public Library load(JobName job, String name, Optional<String> version) throws Unusable {
          throw new Unusable("Could not find any definition of libraries [" + name + "]");
        }
      };

  /** What the job may load. */
  List<String> names(JobName job);

  /** Those that the job's files have without asking, in the order of the configuration. */
  List<String> implicit(JobName job);

  /** The library that lies in this repository, for pipelines that name the repository. */
  Optional<String> named(JobName job, String remote);

  /**
   * A library at a version.
   *
   * @param version a branch, tag or commit; empty for the library's default
   * @throws Unusable when there is none that the job may load, or it can not be read
   */
  Library load(JobName job, String name, Optional<String> version) throws Unusable;

  /**
   * One library as it was read.
   *
   * @param version as it was asked for, or the default
   * @param commit that the version stands for; empty for files that are not in git
   * @param vars text of {@code vars/NAME.groovy} by name
   * @param sources text of {@code src/a/B.groovy} by class name, {@code a.B}
   * @param resources what is below {@code resources/}, by path
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Library(
      String name,
      String version,
      Optional<String> commit,
      Map<String, String> vars,
      Map<String, String> sources,
      Map<String, byte[]> resources) {
    public Library {
      vars = Map.copyOf(vars);
      sources = Map.copyOf(sources);
      resources = Map.copyOf(resources);
    }
  }

  /** A library can not be loaded; the message says why and what to do. */
  final class Unusable extends Exception {
    public Unusable(String message) {
      super(message);
    }
  }
}
