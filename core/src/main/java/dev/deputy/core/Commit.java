package dev.deputy.core;

import java.time.Instant;
import java.util.List;

/**
 * One commit of a source's history.
 *
 * @param id its full hash
 * @param author the author's name
 * @param email the author's address
 * @param message whole
 * @param time when it was committed
 * @param files what differs from its first parent
 */
public record Commit(
    String id, String author, String email, String message, Instant time, List<File> files) {
  public Commit {
    files = List.copyOf(files);
  }

  /** What became of a file. */
  public enum Edit {
    ADD,
    EDIT,
    DELETE
  }

  /**
   * A file that a commit changed.
   *
   * @param path from the top, with {@code /}
   */
  public record File(String path, Edit edit) {}
}
