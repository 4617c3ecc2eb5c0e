package dev.deputy.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The running command of one task. Thread-safe. */
final class TaskProcess {
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

  /** Asks the command to end (SIGTERM). */
  void terminate() {
    confinement
        .command(process.toHandle(), place)
        .ifPresentOrElse(ProcessHandle::destroy, process::destroy);
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
