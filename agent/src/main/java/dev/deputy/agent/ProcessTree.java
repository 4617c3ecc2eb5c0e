package dev.deputy.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The processes of a step: its session, all descendants, and whoever carries its cookie in the
 * environment although it made itself a session of its own.
 */
final class ProcessTree {
  /** The environment variable that marks a step's processes. */
  static final String COOKIE = "DEPUTY_STEP";

  private static final int ROUNDS = 50;
  private static final long LONGEST_PAUSE = 50; // milliseconds

  private final OptionalLong leader;
  private final String cookie;
  private final boolean prefix;

  private ProcessTree(OptionalLong leader, String cookie, boolean prefix) {
    this.leader = leader;
    this.cookie = cookie;
    this.prefix = prefix;
  }

  /** Of one step, whose first process leads a session. */
  static ProcessTree ofStep(long leader, String cookie) {
    return new ProcessTree(OptionalLong.of(leader), cookie, false);
  }

  /** Of all steps whose cookie starts like this. */
  static ProcessTree ofCookies(String cookie) {
    return new ProcessTree(OptionalLong.empty(), cookie, true);
  }

  /** Asks all to end, waits that long, then ends those that are left, and whom they started. */
  void end(Duration grace) throws InterruptedException {
    members().forEach(ProcessHandle::destroy);
    await(grace);
    for (int i = 0; i < ROUNDS; i++) {
      List<ProcessHandle> left = members();
      if (left.isEmpty()) {
        return;
      }
      left.forEach(ProcessHandle::destroyForcibly);
      await(Duration.ofSeconds(1));
    }
  }

  /**
   * Waits until nobody is left, but not for ever. Looks again and again: the JDK tells only of the
   * end of its own children, and takes zombies that nobody reaps for alive.
   */
  private void await(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    long pause = 1;
    while (!members().isEmpty() && System.nanoTime() < end) {
      Thread.sleep(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  private record Stat(long pid, long parent, long session) {}

  private List<ProcessHandle> members() {
    Map<Long, Stat> stats = stats();
    return stats.values().stream()
        .filter(stat -> inSession(stat, stats) || hasCookie(stat.pid))
        .flatMap(stat -> ProcessHandle.of(stat.pid).stream())
        .toList();
  }

  private boolean inSession(Stat stat, Map<Long, Stat> stats) {
    return leader.isPresent()
        && (stat.session == leader.getAsLong() || descends(stat, leader.getAsLong(), stats));
  }

  private static boolean descends(Stat stat, long ancestor, Map<Long, Stat> stats) {
    Stat at = stat;
    while (at != null && at.pid != at.parent) {
      if (at.pid == ancestor) {
        return true;
      }
      at = stats.get(at.parent);
    }
    return false;
  }

  private static Map<Long, Stat> stats() {
    Map<Long, Stat> stats = new HashMap<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        stat(process).ifPresent(stat -> stats.put(stat.pid, stat));
      }
    } catch (IOException e) {
      throw new IllegalStateException("/proc cannot be read", e);
    }
    return stats;
  }

  /** Of a process that lives; a zombie has ended. */
  private static Optional<Stat> stat(Path process) {
    try {
      String line = Files.readString(process.resolve("stat"), ISO_8859_1);
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return fields[0].equals("Z") || fields[0].equals("X")
          ? Optional.empty()
          : Optional.of(
              new Stat(
                  Long.parseLong(process.getFileName().toString()),
                  Long.parseLong(fields[1]),
                  Long.parseLong(fields[3])));
    } catch (IOException e) {
      return Optional.empty(); // it ended meanwhile
    }
  }

  private boolean hasCookie(long pid) {
    String start = '\0' + COOKIE + '=' + cookie + (prefix ? "" : "\0");
    try {
      byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ"));
      return ('\0' + new String(environment, ISO_8859_1)).contains(start);
    } catch (IOException e) {
      return false; // it ended, or is another user's
    }
  }
}
