package dev.deputy.sandbox;

import java.time.Duration;
import java.util.function.IntConsumer;

/** A container that runs: its process, and the thread that reads its output. Thread-safe. */
final class EcsContainerProcess {
  /** For how long output is read on that somebody else holds open after the end. */
  private static final Duration LINGERING = Duration.ofSeconds(5);

  private final TaskProcess process;
  private final Duration stopTimeout;
  private final Thread reader;

  EcsContainerProcess(TaskProcess process, Duration stopTimeout, TaskOutput output) {
    this.process = process;
    this.stopTimeout = stopTimeout;
    // Reading a pipe holds on to its thread, so it is none of the few that carry virtual threads.
    this.reader =
        Thread.ofPlatform()
            .daemon()
            .name("task-output-" + process.pid())
            .start(() -> output.drain(process.output()));
  }

  /**
   * Waits until the process has ended and all that it wrote has been handed on.
   *
   * @param ended told the exit status
   */
  void await(IntConsumer ended) throws InterruptedException {
    int status = process.waitFor();
    if (!reader.join(LINGERING)) {
      process.closeOutput();
      reader.join();
    }
    ended.accept(status);
  }

  /** Asks the process to end, and ends it when it has not within its time. */
  void stop() throws InterruptedException {
    process.terminate();
    if (!process.waitFor(stopTimeout)) {
      process.kill();
    }
  }

  /** Ends the process at once. */
  void kill() throws InterruptedException {
    process.kill();
  }
}
