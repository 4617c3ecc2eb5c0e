package dev.deputy.server;

import dev.deputy.core.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files as they lie in a folder: what is built where there is no clean commit to build. Nobody can
 * say which branch they belong to.
 */
final class FolderSource implements Source {
  private final Path top;
  private final String description;
  private final FileList files;

  /** Which files belong to the source: relative to the top, joined by {@code /}. */
  @FunctionalInterface
  interface FileList {
    List<String> files() throws IOException;
  }

  FolderSource(Path top, String description, FileList files) {
    this.top = top;
    this.description = description;
    this.files = files;
  }

  @Override
  public Optional<String> branch() {
    return Optional.empty();
  }

  @Override
  public Optional<String> commit() {
    return Optional.empty();
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public void archive(OutputStream out) throws IOException {
    try (SourceArchive archive = new SourceArchive(out)) {
      for (String file : files.files()) {
        archive.add(file, top.resolve(file));
      }
    }
  }
}
