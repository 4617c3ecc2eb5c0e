package dev.deputy.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts the processes of tasks. All are started from one platform thread that lives as long as the
 * sandbox: the kernel's parent-death signal, on which the end of tasks with the sandbox rests,
 * fires when the starting <em>thread</em> ends. Thread-safe.
 */
final class TaskProcesses implements AutoCloseable {
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("task-starter").factory());

  /** The command waits for a line: without one, the sandbox has died before it was bound to it. */
  private static final List<String> WAITING =
      List.of("/bin/sh", "-c", "read -r go && exec \"$0\" \"$@\" </dev/null");

  private final TaskConfinement confinement;
  private final Optional<String> kill;

  TaskProcesses(TaskConfinement confinement, HostPrograms programs) {
    this.confinement = confinement;
    this.kill = programs.find("kill").map(Object::toString);
  }

  TaskConfinement confinement() {
    return confinement;
  }

  /**
   * Starts a command.
   *
   * @param environment the whole environment; nothing of the sandbox's own is inherited. It is
   *     handed over as such and never appears among arguments
   * @throws IOException when it cannot be started
   * @throws InterruptedException when that was interrupted; then nothing is left of it
   */
  TaskProcess start(
      TaskConfinement.Place place, List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> waiting = new ArrayList<>(WAITING);
    waiting.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(confinement.wrap(place, waiting))
            .directory(place.directory().toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = startOnStarter(builder);
    TaskProcess task = new TaskProcess(process, confinement, place, groupKill(process));
    try {
      task.release(Path.of(WAITING.getFirst()).toRealPath());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
    return task;
  }

  private Process startOnStarter(ProcessBuilder builder) throws IOException, InterruptedException {
    try {
      return starter.submit(builder::start).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new IOException(cause.getMessage(), cause);
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Without a process namespace, what the command left behind is still of its process group. */
  private Optional<List<String>> groupKill(Process process) {
    return confinement instanceof TaskConfinement.Unconfined(List<String> session, _)
            && !session.isEmpty()
        ? kill.map(program -> List.of(program, "-KILL", "--", "-" + process.pid()))
        : Optional.empty();
  }

  /** Lets the starting thread go; running tasks are ended by their owners before. */
  @Override
  public void close() {
    starter.shutdownNow();
  }
}
