package dev.deputy.cli;

import dev.deputy.builds.BuildEvent.BuildFinished;
import dev.deputy.builds.BuildObserver;
import dev.deputy.core.BuildId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * {@code --log-dir}: each build's console as a file of its own, named by the path of its
 * Jenkinsfile: {@code services/api/Jenkinsfile} is in {@code services_api_Jenkinsfile.log}; where
 * two would have the same name the later one has a number.
 */
final class LogFolder {
  private final Path folder;
  private final Set<String> used = new HashSet<>();

  private LogFolder(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder where it is missing. */
  static LogFolder open(Path folder) {
    try {
      return new LogFolder(Files.createDirectories(folder));
    } catch (IOException e) {
      throw new CommandFailed(
          ExitStatus.USAGE, "--log-dir: " + folder + " can not be made: " + e.getMessage());
    }
  }

  /** Where the log of the next build of this file goes. */
  Path reserve(Path pipeline) {
    Path normal = pipeline.normalize();
    Path relative = normal.isAbsolute() ? normal.getRoot().relativize(normal) : normal;
    String name = relative.toString().replaceAll("[^A-Za-z0-9_.+-]+", "_");
    String unique = name;
    for (int n = 2; !used.add(unique); n++) {
      unique = name + "-" + n;
    }
    return folder.resolve(unique + ".log");
  }

  /**
   * The same observer, with a copy of the log in place, and named, when it hears of the end of the
   * build that it heard of first; the others are builds that this one started.
   */
  static BuildObserver keeping(Path copy, BuildObserver observer) {
    var first = new AtomicReference<@Nullable BuildId>();
    return event -> {
      first.compareAndSet(null, event.build());
      if (event instanceof BuildFinished end && end.build().equals(first.get())) {
        observer.on(
            new BuildFinished(
                end.time(),
                end.build(),
                end.script(),
                end.result(),
                end.duration(),
                copied(end.logFile(), copy)));
      } else {
        observer.on(event);
      }
    };
  }

  /** Where the log is; the original where it can not be copied, which is said. */
  private static Path copied(Path log, Path to) {
    try {
      Files.copy(log, to, StandardCopyOption.REPLACE_EXISTING);
      return to;
    } catch (IOException e) {
      System.err.println("warning: " + to + " can not be written: " + e.getMessage());
      return log;
    }
  }

  /** Keeps what there is to say of a file that was not run. */
  static void write(String text, Path to) throws IOException {
    Files.writeString(to, text, StandardCharsets.UTF_8);
  }
}
