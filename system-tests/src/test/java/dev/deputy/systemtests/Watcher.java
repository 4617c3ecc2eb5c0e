package dev.deputy.systemtests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Looks on, again and again while something runs: at the command lines of its processes, at what
 * agents keep on disk, and at the state folder.
 */
final class Watcher implements AutoCloseable {
  private static final String TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN=";

  private final Evidence evidence;
  private final Path state;
  private final Set<String> tokens = ConcurrentHashMap.newKeySet();
  private final Map<Path, FileTime> seen = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().factory());
  private final List<ScheduledFuture<?>> looks;

  Watcher(Evidence evidence, Path state) {
    this.evidence = evidence;
    this.state = state;
    looks =
        List.of(
            clock.scheduleWithFixedDelay(this::lookAtProcesses, 0, 25, TimeUnit.MILLISECONDS),
            clock.scheduleWithFixedDelay(this::lookAtState, 0, 1000, TimeUnit.MILLISECONDS));
  }

  /** The tokens of credential endpoints, of tasks and of steps, that processes held. */
  Set<String> tokens() {
    return Set.copyOf(tokens);
  }

  /** What a controller keeps, without what the sandbox itself gives to people. */
  static boolean belongsToController(Path file) {
    return !file.endsWith("sandbox/credentials");
  }

  /** This one, and all that it started: other builds on this machine have secrets of their own. */
  private void lookAtProcesses() {
    ProcessHandle self = ProcessHandle.current();
    Stream.concat(Stream.of(self), self.descendants())
        .map(process -> Path.of("/proc", Long.toString(process.pid())))
        .forEach(this::lookAt);
  }

  private void lookAt(Path process) {
    evidence.add("command line", process.resolve("cmdline"));
    String[] environment = read(process.resolve("environ")).split("\0", -1);
    Arrays.stream(environment)
        .filter(variable -> variable.startsWith(TOKEN))
        .forEach(variable -> tokens.add(variable.substring(TOKEN.length())));
    if (Arrays.stream(environment).anyMatch(variable -> variable.startsWith("DEPUTY_LAUNCH="))) {
      lookAtAgent(process.resolve("root/tmp"));
    }
  }

  /** Within the task's own view of the file system. */
  private void lookAtAgent(Path temporary) {
    try (DirectoryStream<Path> agents = Files.newDirectoryStream(temporary, "deputy-*")) {
      for (Path agent : agents) {
        evidence.addAll("agent's spool", agent.resolve("control"), _ -> true);
        evidence.addAll("agent's scripts", agent.resolve("scripts"), _ -> true);
      }
    } catch (IOException _) {
      // The task has ended.
    }
  }

  private void lookAtState() {
    evidence.addAll("state", state, file -> belongsToController(file) && changed(file));
  }

  private boolean changed(Path file) {
    try {
      FileTime now = Files.getLastModifiedTime(file);
      return !now.equals(seen.put(file, now));
    } catch (IOException _) {
      return false;
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }

  /** Looks no more; fails where a look failed. */
  @Override
  public void close() {
    assertThat(looks).noneMatch(look -> look.state() == Future.State.FAILED);
    clock.close();
  }
}
