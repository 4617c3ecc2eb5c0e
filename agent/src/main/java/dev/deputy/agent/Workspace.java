package dev.deputy.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The build's folder and the one for temporary files beside it, which is also the steps' HOME. Both
 * belong to the steps' account.
 */
record Workspace(Path path, Path temporary) {
  /** Makes the folders where they are not there. */
  static Workspace make(Path parent, String name, StepAccount account) throws IOException {
    Path real = parent.toRealPath();
    Workspace workspace = new Workspace(real.resolve(name), real.resolve(name + "@tmp"));
    for (Path path : new Path[] {workspace.path, workspace.temporary}) {
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        account.own(path);
      }
    }
    return workspace;
  }

  /**
   * Any path of the machine: what the steps' account may do there is the kernel's to say, and only
   * that account may be sent there.
   *
   * @param text relative to the workspace, or absolute
   */
  Path locate(String text) throws IOException {
    try {
      return path.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new PathException("not a path: " + e.getReason());
    }
  }

  /**
   * A path of the workspace or its temporary folder.
   *
   * @param text relative to the workspace, or absolute
   * @throws PathException where it leads out, also through links that are there now
   */
  Path resolve(String text) throws IOException {
    Path resolved = locate(text);
    if (!contains(resolved) || !contains(real(resolved))) {
      throw new PathException(text + " is outside of the workspace");
    }
    return resolved;
  }

  /**
   * Refuses a path that links, as they are now, lead out of a folder, unless they lead into the
   * workspace.
   *
   * @param folder anywhere on the machine
   * @param name below the folder
   */
  void keepBelow(Path folder, String name) throws IOException {
    Path real = real(folder.resolve(name));
    if (!contains(real) && !real.startsWith(real(folder))) {
      throw new PathException(folder.resolve(name) + " leads out of the folder");
    }
  }

  /** Where a path leads, as far as it exists. */
  private static Path real(Path path) throws IOException {
    Path there = path;
    while (there.getParent() != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = there.getParent();
    }
    return there.toRealPath();
  }

  private boolean contains(Path candidate) {
    return candidate.startsWith(path) || candidate.startsWith(temporary);
  }

  /** A path that is refused. */
  static final class PathException extends IOException {
    PathException(String message) {
      super(message);
    }
  }
}
