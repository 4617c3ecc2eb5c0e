package dev.deputy.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory in which the sandbox keeps what belongs to its tasks: their private directories,
 * and a directory of stand-ins for programs of the host. Thread-safe.
 */
final class TaskWorkspace implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskWorkspace.class);

  /**
   * AWS CLIs before 2.13 do not know {@code AWS_ENDPOINT_URL}. The stand-in gives it as an option,
   * unless the caller gives one.
   */
  private static final String AWS_STAND_IN =
      """
      #!/bin/sh
      for argument in "$@"; do
        case "$argument" in --endpoint-url | --endpoint-url=*) exec REAL_AWS "$@" ;; esac
      done
      [ -n "$AWS_ENDPOINT_URL" ] || exec REAL_AWS "$@"
      exec REAL_AWS --endpoint-url "$AWS_ENDPOINT_URL" "$@"
      """;

  private static final String PREFIX = "sandbox-tasks-";
  private static final String LOCK = "lock";
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private final Path root;
  private final FileChannel lock;
  private final Optional<Path> standIns;
  private final Set<Path> hidden;

  private TaskWorkspace(Path root, FileChannel lock, Optional<Path> standIns, Set<Path> hidden) {
    this.root = root;
    this.lock = lock;
    this.standIns = standIns;
    this.hidden = hidden;
  }

  /**
   * Makes a workspace in the system's directory for temporary files.
   *
   * @param hidden directories of the host that tasks must not see, where that can be had; the
   *     user's home directory and the workspace itself go without saying
   */
  static TaskWorkspace create(HostPrograms programs, Set<Path> hidden, InstantSource clock) {
    try {
      Path root = permit(Files.createTempDirectory(PREFIX), "rwx--x--x");
      FileChannel lock =
          FileChannel.open(
              root.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      lock.lock();
      removeAbandoned(root, clock);
      Set<Path> all = new HashSet<>(hidden);
      all.add(root.toRealPath());
      all.add(Path.of(System.getProperty("user.home")));
      Optional<Path> aws =
          programs
              .findForEveryone("aws")
              .filter(program -> all.stream().noneMatch(program::startsWith));
      Optional<Path> bin = aws.isEmpty() ? Optional.empty() : Optional.of(standIn(root, aws.get()));
      return new TaskWorkspace(root, lock, bin, Set.copyOf(all));
    } catch (IOException e) {
      throw new UncheckedIOException("no directory for tasks can be made", e);
    }
  }

  /** Removes what sandboxes of this user that were killed have left: nobody holds its lock. */
  private static void removeAbandoned(Path own, InstantSource clock) throws IOException {
    try (var others = Files.newDirectoryStream(own.toAbsolutePath().getParent(), PREFIX + "*")) {
      for (Path other : others) {
        if (Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)
            && Files.getOwner(other).equals(Files.getOwner(own))
            && isAbandoned(other.resolve(LOCK), clock)) {
          remove(other);
        }
      }
    }
  }

  private static boolean isAbandoned(Path lock, InstantSource clock) {
    try {
      Instant settled = Files.getLastModifiedTime(lock).toInstant().plus(SETTLED);
      if (settled.isAfter(clock.instant())) {
        return false;
      }
      try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
        return channel.tryLock() != null;
      }
    } catch (OverlappingFileLockException | IOException _) {
      return false;
    }
  }

  private static Path standIn(Path root, Path aws) throws IOException {
    Path directory = permit(Files.createDirectory(root.resolve("bin")), "rwxr-xr-x");
    String quoted = "'" + aws.toString().replace("'", "'\\''") + "'";
    Path script = directory.resolve("aws");
    Files.writeString(script, AWS_STAND_IN.replace("REAL_AWS", quoted));
    permit(script, "rwxr-xr-x");
    return directory;
  }

  private static Path permit(Path path, String permissions) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  /** The directory of stand-ins; absent when nothing needs one. */
  Optional<Path> standIns() {
    return standIns;
  }

  /** Makes the place for a container, with a private directory of its own. */
  TaskConfinement.Place place(String containerId, ImageCommand image, boolean init)
      throws IOException {
    Path directory = permit(Files.createDirectory(root.resolve(containerId)), "rwxr-xr-x");
    List<Path> readable = new ArrayList<>(image.readable());
    standIns.ifPresent(readable::add);
    return new TaskConfinement.Place(directory, readable, hidden, init);
  }

  /** Removes a directory of this workspace with all that is in it; links are not followed. */
  static void remove(Path directory) {
    try {
      Files.walkFileTree(directory, new Removal());
    } catch (NoSuchFileException _) {
      // somebody was faster
    } catch (IOException e) {
      LOG.warn("{} could not be removed: {}", directory, e.toString());
    }
  }

  @Override
  public void close() {
    remove(root);
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("{}: {}", root, e.toString());
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
