package dev.deputy.cli;

import dev.deputy.sandbox.AccessKey;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the sandbox puts on the PATH of its tasks: {@code deputy-aws} for the AWS steps, the
 * examples' tools, and {@code sandbox-expired-session}, a session that was real and has expired,
 * for trying out that it is refused. Steps run as another user, so all of it lies where everybody
 * may go.
 *
 * @param root a folder of our own
 */
record TaskTools(Path root) implements AutoCloseable {
  private static final String PREFIX = "deputy-tools-";

  /** With the process that made it. */
  private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]{1,18})-.*");

  /**
   * Lays the tools out in a new temporary folder; those of the installation are copied only where
   * other users can not reach them.
   *
   * @param home the installation's folder, which holds {@code aws} and {@code tools}
   */
  static TaskTools layOut(Path home) throws IOException {
    TaskTools made =
        new TaskTools(Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-"));
    try {
      made.fill(home);
      made.removeLeftOvers();
      return made;
    } catch (RuntimeException | IOException e) {
      made.close();
      throw e;
    }
  }

  private void fill(Path home) throws IOException {
    permit(root);
    permit(Files.createDirectory(bin()));
    for (String name : List.of("aws", "tools")) {
      Path programs = home.resolve(name);
      if (reachable(programs)) {
        Files.createSymbolicLink(root.resolve(name), programs);
      } else {
        copy(programs, root.resolve(name));
      }
    }
  }

  /** Removes what killed processes of this user left beside it more than a day ago. */
  private void removeLeftOvers() throws IOException {
    FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
    UserPrincipal user = Files.getOwner(root);
    try (DirectoryStream<Path> others =
        Files.newDirectoryStream(root.resolveSibling(""), PREFIX + "*")) {
      for (Path other : others) {
        Matcher name = NAME.matcher(other.getFileName().toString());
        if (name.matches()
            && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
            && Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)
            && Files.getOwner(other, LinkOption.NOFOLLOW_LINKS).equals(user)
            && Files.getLastModifiedTime(other).compareTo(yesterday) < 0) {
          new TaskTools(other).close();
        }
      }
    }
  }

  /** The program of the AWS steps, where everybody can reach it. */
  Path aws() throws IOException {
    return root.resolve("aws").toRealPath();
  }

  /** The examples' tools, where everybody can reach them. */
  Path tools() throws IOException {
    return root.resolve("tools").toRealPath();
  }

  Path bin() {
    return root.resolve("bin");
  }

  void expiredSession(AccessKey key) throws IOException {
    Path script = bin().resolve("sandbox-expired-session");
    Files.writeString(
        script,
        """
        #!/bin/sh
        # Prints key id, secret and token of a session that has expired.
        echo %s %s %s
        """
            .formatted(key.id(), key.secret(), key.sessionToken().orElseThrow()));
    permit(script);
  }

  @Override
  public void close() {
    try {
      Folders.remove(root);
    } catch (IOException e) {
      System.getLogger(TaskTools.class.getName())
          .log(System.Logger.Level.WARNING, root + " could not be removed: " + e.getMessage());
    }
  }

  private static boolean reachable(Path folder) throws IOException {
    for (Path at = folder.toRealPath(); at != null; at = at.getParent()) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(at);
      if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return false;
      }
    }
    return true;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void permit(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
