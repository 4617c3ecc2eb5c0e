package dev.deputy.pipeline;

import java.util.concurrent.Callable;

/**
 * One logical line of execution of a build: the main one, or a branch of {@code parallel}. Branches
 * hand one baton to each other, so pipeline code never races.
 */
public interface Branch {
  /**
   * Empty for the main line, else the names of the parallel branches from the outside in, joined by
   * {@code " / "}.
   */
  String name();

  /**
   * Gives the baton away, runs {@code waiting} (blocking is fine), takes the baton back and returns
   * the value. Branches take the baton back in the order in which their waits ended; that order is
   * the build's journal.
   *
   * @throws PipelineException.Interrupted when the branch was interrupted meanwhile
   */
  <T> T await(Callable<T> waiting);

  /**
   * Interrupts this branch: its current or next {@link #await} ends with the given cause.
   * Idempotent; callable from any thread.
   */
  void interrupt(PipelineException.Interrupted cause);
}
