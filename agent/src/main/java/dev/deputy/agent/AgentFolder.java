package dev.deputy.agent;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The agent's place on disk: {@code control} for the agent only (attempts, spools, pipes), {@code
 * scripts} that steps may read, {@code workspace} that is theirs.
 */
record AgentFolder(Path root) {
  private static final System.Logger LOG = System.getLogger(AgentFolder.class.getName());

  /** Makes the folders; they may be there from an agent before. */
  static AgentFolder make(Path root) throws IOException {
    AgentFolder folder = new AgentFolder(root.toAbsolutePath().normalize());
    Path parent = folder.root.getParent();
    if (parent == null) {
      throw new StartException("the agent's folder cannot be the root");
    }
    Files.createDirectories(parent);
    make(folder.root, "rwx--x--x");
    make(folder.control(), "rwx------");
    make(folder.scripts(), "rwx--x--x");
    make(folder.workspaces(), "rwx--x--x");
    return folder;
  }

  Path control() {
    return root.resolve("control");
  }

  Path scripts() {
    return root.resolve("scripts");
  }

  Path workspaces() {
    return root.resolve("workspace");
  }

  /** Removes all of it, by a program that no link can lead astray. */
  void remove() {
    try {
      new ProcessBuilder("rm", "-rf", "--", root.toString()).inheritIO().start().waitFor();
    } catch (IOException e) {
      LOG.log(Level.WARNING, root + " stays: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void make(Path path, String permissions) throws IOException {
    Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    try {
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
          || !Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(self)) {
        throw new StartException(path + " is there and not a folder of the agent's own");
      }
    }
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
