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
   * A path of the workspace or its temporary folder.
   *
   * @param text relative to the workspace, or absolute
   * @throws PathException where it leads out, also through links that are there now
   */
  Path resolve(String text) throws IOException {
    Path resolved;
    try {
      resolved = path.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new PathException("not a path: " + e.getReason());
    }
    Path there = resolved;
    while (there.getParent() != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = there.getParent();
    }
    if (!contains(resolved) || !contains(there.toRealPath())) {
      throw new PathException(text + " is outside of the workspace");
    }
    return resolved;
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
