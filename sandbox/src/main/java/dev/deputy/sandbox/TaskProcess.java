package dev.deputy.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The running command of one task. Thread-safe. */
final class TaskProcess {
  private static final Duration READY_CHECK = Duration.ofMillis(5);
  private static final int READY_CHECKS = 400;

  private final Process process;
  private final TaskConfinement confinement;
  private final TaskConfinement.Place place;
  private final Optional<List<String>> killGroup;

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

  /** The id of the outermost process on the host. */
  long pid() {
    return process.pid();
  }

  /** Standard output and standard error, as they come. */
  InputStream output() {
    return process.getInputStream();
  }

  /**
   * Asks the command to end (SIGTERM), once it has taken the place of the program that confines it:
   * that one would not hand the signal on.
   */
  void terminate() throws InterruptedException {
    for (int i = 0; i < READY_CHECKS && command().isEmpty(); i++) {
      if (process.waitFor(READY_CHECK)) {
        return;
      }
    }
    command().ifPresentOrElse(ProcessHandle::destroy, process::destroy);
  }

  private Optional<ProcessHandle> command() {
    return confinement.command(process.toHandle(), place).filter(this::isReady);
  }

  private boolean isReady(ProcessHandle command) {
    return confinement.executable().isEmpty()
        || !command.info().command().equals(confinement.executable());
  }

  /** Ends the command and all that it started (SIGKILL). */
  void kill() {
    process.destroyForcibly();
    endGroup();
  }

  /**
   * Waits for the end of the command and ends what it left behind.
   *
   * @return its exit status, 128 + n after signal n
   */
  int waitFor() throws InterruptedException {
    int status = process.waitFor();
    endGroup();
    return status;
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
