package dev.deputy.fleet;

import dev.deputy.core.FailureClass;
import dev.deputy.fleet.Endings.Manner;
import dev.deputy.fleet.LaunchAttempt.Outcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One need's way to its agent: one launch, and once more where AWS took the task away before its
 * agent was ready.
 */
final class Acquisition {
  private final Need need;
  private final Site.Placement placement;
  private final AgentEvents events;
  private final LaunchTools tools;
  private final long arrival;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock(); // guards current and cancelled
  private @Nullable LaunchAttempt current;
  private boolean cancelled;

  Acquisition(Need need, Site.Placement placement, AgentEvents events, LaunchTools tools) {
    this.need = need;
    this.placement = placement;
    this.events = events;
    this.tools = tools;
    this.arrival = tools.queue().arrival();
  }

  /** Runs on a thread of its own and waits for it; interrupted, it undoes everything first. */
  Outcome run() throws InterruptedException {
    Threads.start("launch for " + need.build(), this::launch);
    try {
      return outcome.get();
    } catch (InterruptedException e) {
      cancel("the build does not need it any more");
      awaitEnd();
      if (!outcome.isCompletedExceptionally()
          && outcome.join() instanceof Outcome.Acquired(RemoteAgent agent)) {
        agent.end(new Manner.Stop("the build does not need it any more")).awaitOver();
      }
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the launch failed inside of the controller", e.getCause());
    }
  }

  /** Waits for its outcome even when interrupted. */
  void awaitEnd() {
    Threads.await(ended);
  }

  private void launch() {
    try {
      outcome.complete(launchTwice());
    } catch (RuntimeException e) {
      outcome.completeExceptionally(e);
    } finally {
      ended.countDown();
    }
  }

  private Outcome launchTwice() {
    var attempt = attempt();
    Outcome first = run(attempt);
    if (!(first instanceof Outcome.Failed failed)
        || !failed.taskEnded()
        || !passing(failed.kind())) {
      return first;
    }
    events.waiting(attempt.launch(), failed.reason() + "; launching once more");
    return run(attempt());
  }

  private LaunchAttempt attempt() {
    return new LaunchAttempt(need, placement, arrival, events, tools);
  }

  private static boolean passing(FailureClass kind) {
    return kind == FailureClass.TRANSIENT || kind == FailureClass.CAPACITY;
  }

  private Outcome run(LaunchAttempt attempt) {
    lock.lock();
    try {
      if (cancelled) {
        return new Outcome.Cancelled();
      }
      current = attempt;
    } finally {
      lock.unlock();
    }
    return attempt.run();
  }

  /** Has it end, in whatever state it is. Does not wait. */
  void cancel(String reason) {
    Optional<LaunchAttempt> running;
    lock.lock();
    try {
      cancelled = true;
      running = Optional.ofNullable(current);
    } finally {
      lock.unlock();
    }
    running.ifPresent(attempt -> attempt.cancel(reason));
  }
}
