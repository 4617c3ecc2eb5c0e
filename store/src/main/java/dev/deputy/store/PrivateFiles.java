package dev.deputy.store;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files (0600) and directories (0700) that only the controller's user can open. */
final class PrivateFiles {
  private PrivateFiles() {}

  /**
   * Creates the file and the directories above it, as far as they are missing, or takes away from
   * an existing file what others may do.
   */
  static void create(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory, asFileAttribute(fromString("rwx------")));
    }
    var permissions = fromString("rw-------");
    try {
      Files.createFile(file, asFileAttribute(permissions));
    } catch (FileAlreadyExistsException _) {
      Files.setPosixFilePermissions(file, permissions);
    }
  }
}
