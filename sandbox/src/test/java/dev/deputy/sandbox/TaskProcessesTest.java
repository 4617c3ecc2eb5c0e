package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a task's processes, in every way of confinement that this machine permits. */
class TaskProcessesTest {
  private static final HostPrograms PROGRAMS = HostPrograms.ofThisProcess();

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"bubblewrap", "pid-namespace", "none"})
  void exitStatusAndOutputAreTheCommands(String way) throws Exception {
    try (TaskProcesses processes = processes(way)) {
      TaskProcess process = start(processes, "echo out; echo err >&2; exit 3");
      String output = new String(process.output().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isEqualTo(3);
      assertThat(output).isEqualTo("out\nerr\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bubblewrap", "pid-namespace", "none"})
  void commandIsAskedToEnd(String way) throws Exception {
    try (TaskProcesses processes = processes(way)) {
      TaskProcess process =
          start(processes, "trap 'exit 7' TERM; echo ready; while :; do sleep 0.05; done");
      assertThat(process.output().readNBytes(6)).hasSize(6);
      process.terminate();
      assertThat(process.waitFor()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bubblewrap", "pid-namespace", "none"})
  void nothingIsLeftOfAKilledTask(String way) throws Exception {
    String marker = marker();
    try (TaskProcesses processes = processes(way)) {
      TaskProcess process = start(processes, grandchildren(marker));
      // All of them: one that is just being started is not found, where there is no namespace.
      Await.until(() -> alive(marker), count -> count >= 4);
      process.kill();
      process.waitFor();
      Await.until(() -> alive(marker), count -> count == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bubblewrap", "pid-namespace", "none"})
  void nothingIsLeftBehindByATaskThatEnds(String way) throws Exception {
    String marker = marker();
    try (TaskProcesses processes = processes(way)) {
      TaskProcess process = start(processes, "(exec -a x sleep 1000." + marker + ") & exit 0");
      process.waitFor();
      Await.until(() -> alive(marker), count -> count == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bubblewrap", "pid-namespace"})
  void noTaskOutlivesTheSandboxThatWasKilled(String way) throws Exception {
    confinement(way);
    String marker = marker();
    Process sandbox = childJvm(way, marker);
    try {
      Await.until(() -> alive(marker), count -> count >= 20);
    } finally {
      sandbox.destroyForcibly();
    }
    sandbox.waitFor();
    Await.until(() -> alive(marker), count -> count == 0);
  }

  @Test
  void unconfinedCommandItselfDoesNotOutliveTheSandbox() throws Exception {
    assumeTrue(PROGRAMS.find("setpriv").isPresent(), "setpriv is not installed");
    String marker = marker();
    Process sandbox = childJvm("none", marker);
    try {
      Await.until(() -> alive("sh -c : " + marker), count -> count >= 1);
    } finally {
      sandbox.destroyForcibly();
    }
    sandbox.waitFor();
    try {
      Await.until(() -> alive("sh -c : " + marker), count -> count == 0);
    } finally {
      ProcessHandle.allProcesses()
          .filter(handle -> arguments(handle.pid()).contains(marker))
          .forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void taskHasASessionOfItsOwn() throws Exception {
    try (TaskProcesses processes = processes("none")) {
      TaskProcess process = start(processes, "cut -d' ' -f6 /proc/self/stat");
      String session = new String(process.output().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(session.strip()).isEqualTo(Long.toString(process.pid()));
    }
  }

  private Process childJvm(String way, String marker) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(Child.class.getName(), way, directory.toString(), marker));
    return new ProcessBuilder(line).inheritIO().start();
  }

  /** The sandbox that is killed, in the midst of starting tasks. */
  static final class Child {
    private static final int TASKS = 40;

    private Child() {}

    public static void main(String[] arguments) throws Exception {
      TaskProcesses processes = new TaskProcesses(confinement(arguments[0]), PROGRAMS);
      List<String> command = List.of("/bin/sh", "-c", grandchildren(arguments[2]));
      for (int i = 0; i < TASKS; i++) {
        TaskConfinement.Place place =
            new TaskConfinement.Place(Path.of(arguments[1]), List.of(), Set.of(), i % 2 == 0);
        // Each from a thread that ends, which must not end the task.
        Thread.ofVirtual().start(() -> start(processes, place, command)).join();
      }
      Thread.currentThread().join();
    }

    private static void start(
        TaskProcesses processes, TaskConfinement.Place place, List<String> command) {
      try {
        processes.start(place, command, Map.of("PATH", "/usr/bin:/bin"));
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A shell with a child and a grandchild that has a session of its own. */
  private static String grandchildren(String marker) {
    return ": %1$s; sleep 1000.%1$s & setsid sh -c 'sleep 1000.%1$s & wait' & wait"
        .formatted(marker);
  }

  private static String marker() {
    return Long.toString(System.nanoTime());
  }

  /** How many processes have this in their arguments, not counting what starts tasks. */
  private static long alive(String marker) {
    return ProcessHandle.allProcesses()
        .map(handle -> arguments(handle.pid()))
        .filter(line -> line.contains(marker))
        .filter(line -> !line.contains("java"))
        .count();
  }

  private static String arguments(long pid) {
    try {
      return Files.readString(
              Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1)
          .replace('\0', ' ');
    } catch (IOException _) {
      return "";
    }
  }

  private TaskProcess start(TaskProcesses processes, String script)
      throws IOException, InterruptedException {
    return processes.start(
        new TaskConfinement.Place(directory, List.of(), Set.of(), false),
        List.of("/bin/sh", "-c", script),
        Map.of("PATH", "/usr/bin:/bin"));
  }

  private static TaskProcesses processes(String way) {
    return new TaskProcesses(confinement(way), PROGRAMS);
  }

  private static TaskConfinement confinement(String way) {
    Optional<TaskConfinement> found =
        TaskConfinement.candidates(PROGRAMS).stream()
            .filter(candidate -> candidate.name().equals(way))
            .filter(TaskConfinement::works)
            .findFirst();
    assumeTrue(found.isPresent(), way + " does not work here");
    return found.orElseThrow();
  }
}
