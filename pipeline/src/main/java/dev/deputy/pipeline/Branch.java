package dev.deputy.pipeline;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

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
   * the value. Branches take the baton back in the order in which their waits ended; a run is a
   * function of that order and of what the waits ended with.
   *
   * @throws PipelineException.Interrupted when the branch was interrupted meanwhile
   */
  default <T> T await(Callable<T> waiting) {
    return await(waiting, (_, _) -> {});
  }

  /**
   * As {@link #await(Callable)}; tells {@code ending} how the wait ended, once the baton is taken
   * back and before anything else of the pipeline runs. What {@code ending} throws ends the wait.
   */
  <T> T await(Callable<T> waiting, Ending<? super T> ending);

  /** Hears how a wait ended. */
  @FunctionalInterface
  interface Ending<T> {
    /**
     * @param value what the wait returned; {@code null} where it failed
     * @param failure what it ended with instead; {@code null} where it returned
     */
    void ended(@Nullable T value, @Nullable RuntimeException failure);
  }

  /**
   * Has an interrupt that is still to come come now: a step must not begin after one.
   *
   * @throws PipelineException.Interrupted when there is one
   */
  void requireUninterrupted();

  /**
   * Does something with the baton, as soon as all branches of the run wait, in turn with the waits
   * that end: what comes from outside of the pipeline (an abort, the end of a time) comes between
   * two steps of it. Callable from any thread that has not the baton; blocks for that long.
   */
  void interject(Runnable work);

  /**
   * Interrupts this branch: its current or next {@link #await} ends with the given cause.
   * Idempotent; to be called with the baton.
   */
  void interrupt(PipelineException.Interrupted cause);
}
