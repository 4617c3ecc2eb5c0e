package dev.deputy.core;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** The source that a build checks out: one immutable state of it. */
public interface Source {
  /** The branch, where it is known for certain (a clean tree on a branch). */
  Optional<String> branch();

  /** The commit's full hash, where it is in git. */
  Optional<String> commit();

  /** Where it comes from, in words, for the log. */
  String describe();

  /** Writes all files as tar, gzip-compressed; paths relative to the top. */
  void archive(OutputStream out) throws IOException;
}
