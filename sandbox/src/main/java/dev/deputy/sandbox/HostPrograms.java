package dev.deputy.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

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
    return directories.stream()
        .map(directory -> directory.resolve(name))
        .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
        .findFirst();
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
