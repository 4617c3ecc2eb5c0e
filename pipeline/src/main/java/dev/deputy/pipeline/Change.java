package dev.deputy.pipeline;

import java.time.Instant;
import java.util.List;

/**
 * One commit that a build has and the job's build before it had not.
 *
 * @param commit its full hash
 * @param author the author's name
 * @param email the author's address
 * @param message the whole message; its first line is what people read
 * @param time when it was committed
 * @param files what it changed, by path
 */
public record Change(
    String commit, String author, String email, String message, Instant time, List<File> files) {
  public Change {
    files = List.copyOf(files);
  }

  /** The message's first line. */
  public String title() {
    return message.lines().findFirst().orElse("");
  }

  /** What a commit did to a file; the names are Jenkins' edit types. */
  public enum Edit {
    ADD("add"),
    EDIT("edit"),
    DELETE("delete");

    private final String word;

    Edit(String word) {
      this.word = word;
    }

    /** As {@code affectedFiles[n].editType.name} has it. */
    public String word() {
      return word;
    }
  }

  /**
   * A changed file.
   *
   * @param path from the top of the source, with {@code /}
   */
  public record File(String path, Edit edit) {}
}
