package dev.deputy.core;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** The source that a build checks out: one immutable state of it. */
public interface Source {
  /** The branch, where it is known for certain (a clean tree on a branch). */
  Optional<String> branch();

  /** The commit's full hash, where it is in git. */
  Optional<String> commit();

  /** Where it comes from, in words, for the log. */
  String describe();

  /** Where it can be fetched from, without any credentials in it; empty where that is not known. */
  default Optional<String> url() {
    return Optional.empty();
  }

  /**
   * The commits that this state has and an earlier one had not, oldest first; empty where the
   * earlier one is not known here. At most some hundreds.
   *
   * @param earlier a commit's full hash
   */
  default List<Commit> since(String earlier) throws IOException {
    return List.of();
  }

  /**
   * The history as a git repository without a work tree, at the commit, on no branch; empty where
   * the source is not a commit. It has no files beside {@code .git}.
   */
  default Optional<History> history() {
    return Optional.empty();
  }

  /** A commit's history, ready to be sent. */
  @FunctionalInterface
  interface History {
    /** Writes the folder {@code .git} as tar, gzip-compressed. */
    void archive(OutputStream out) throws IOException;
  }

  /** Writes all files as tar, gzip-compressed; paths relative to the top. */
  void archive(OutputStream out) throws IOException;
}
