package dev.deputy.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The running command of one task. Thread-safe. */
final class TaskProcess {
  private static final Duration CHECK = Duration.ofMillis(5);
  private static final int CHECKS = 1000;
  private static final int STATUS_OF_KILLED = 128 + 9;

  private final Process process;
  private final TaskConfinement confinement;
  private final TaskConfinement.Place place;
  private final Optional<List<String>> killGroup;
  private volatile boolean killed;

  TaskProcess(
      Process process,
      TaskConfinement confinement,
      TaskConfinement.Place place,
      Optional<List<String>> killGroup) {
    this.process = process;
    this.confinement = confinement;
    this.place = place;
    this.killGroup = killGroup;
  }

  /**
   * Lets the waiting command begin, once what binds it to the life of the sandbox is in place: that
   * is so as soon as the programs that confine it have given way to the waiting shell.
   *
   * @param shell the program that waits
   * @throws IOException when it ended before, with what it said
   */
  void release(Path shell) throws IOException, InterruptedException {
    Optional<String> waiting = Optional.of(shell.toString());
    for (int i = 0; i < CHECKS; i++) {
      boolean ready =
          command().map(handle -> handle.info().command().equals(waiting)).orElse(false);
      if (ready) {
        try (var input = process.getOutputStream()) {
          input.write('\n');
        }
        return;
      }
      if (process.waitFor(CHECK)) {
        throw new IOException(new String(output().readNBytes(500), StandardCharsets.UTF_8).strip());
      }
    }
    kill();
    throw new IOException("the task's process did not come up");
  }

  private Optional<ProcessHandle> command() {
    return confinement.command(process.toHandle(), place);
  }

  /** The id of the outermost process on the host. */
  long pid() {
    return process.pid();
  }

  /** Standard output and standard error, as they come. */
  InputStream output() {
    return process.getInputStream();
  }

  /** Asks the command to end (SIGTERM). */
  void terminate() {
    command().ifPresent(ProcessHandle::destroy);
  }

  /**
   * Ends the command and all that it started (SIGKILL). The first process of a process namespace
   * goes first: with it the kernel ends all others, while the death of its parent does so only once
   * it has asked for that. Without a namespace all that can be found is ended one by one.
   */
  void kill() throws InterruptedException {
    killed = process.isAlive();
    for (int i = 0; process.isAlive() && i < CHECKS; i++) {
      if (confinement.hasNamespace()) {
        process.children().forEach(ProcessHandle::destroyForcibly);
      } else {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        endGroup();
      }
      process.waitFor(CHECK);
    }
    process.destroyForcibly();
  }

  /**
   * Waits for the end of the command and ends what it left behind.
   *
   * @return its exit status, 128 + n after signal n: unshare says 1 of a command that was killed
   */
  int waitFor() throws InterruptedException {
    int status = process.waitFor();
    endGroup();
    return killed ? STATUS_OF_KILLED : status;
  }

  /** Waits for the end, but not for ever; answers whether it came. */
  boolean waitFor(Duration time) throws InterruptedException {
    return process.waitFor(time);
  }

  /** Stops reading output that somebody holds open after the end of the command. */
  void closeOutput() {
    try {
      process.getInputStream().close();
    } catch (IOException _) {
      // nobody reads it any more
    }
  }

  private void endGroup() {
    killGroup.ifPresent(HostPrograms::succeeds);
  }
}
