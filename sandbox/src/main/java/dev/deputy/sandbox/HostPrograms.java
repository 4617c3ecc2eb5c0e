package dev.deputy.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The programs of the host that the sandbox makes use of where they are installed. */
final class HostPrograms {
  private static final List<Path> USUAL =
      List.of(
          Path.of("/usr/bin"),
          Path.of("/usr/local/bin"),
          Path.of("/bin"),
          Path.of("/usr/sbin"),
          Path.of("/sbin"));
  private static final long PROBE_SECONDS = 10;

  private final List<Path> directories;

  /**
   * @param searchPath directories to look into after the usual ones, as {@code PATH} has them: a
   *     program that a version manager's shim stands for is thus found itself, when it is installed
   */
  HostPrograms(String searchPath) {
    Set<Path> all = new LinkedHashSet<>(USUAL);
    for (String directory : searchPath.split(":")) {
      if (directory.startsWith("/")) {
        all.add(Path.of(directory));
      }
    }
    this.directories = List.copyOf(all);
  }

  /** The programs on this process's own search path. */
  static HostPrograms ofThisProcess() {
    return new HostPrograms(Optional.ofNullable(System.getenv("PATH")).orElse(""));
  }

  /** The absolute path of an installed program. */
  Optional<Path> find(String name) {
    return all(name).findFirst();
  }

  /**
   * The absolute path of an installed program that any user of this machine can start, as a task
   * must be able to: one in root's home directory, for example, is none.
   */
  Optional<Path> findForEveryone(String name) {
    return all(name)
        .filter(program -> isForEveryone(program) && isForEveryone(real(program)))
        .findFirst();
  }

  private Stream<Path> all(String name) {
    return directories.stream()
        .map(directory -> directory.resolve(name))
        .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program));
  }

  private static Path real(Path program) {
    try {
      return program.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isForEveryone(Path path) {
    for (Path at = path; at != null; at = at.getParent()) {
      try {
        if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return false;
        }
      } catch (IOException _) {
        return false;
      }
    }
    return true;
  }

  /** Whether a command runs and ends with status 0 here, e.g. because the kernel permits it. */
  static boolean succeeds(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
