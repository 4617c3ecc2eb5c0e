package dev.deputy.fleet;

import dev.deputy.core.FailureClass;
import dev.deputy.fleet.LaunchAttempt.Outcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One need's way to its agent: one launch, and once more where AWS took the task away before its
 * agent was ready.
 */
final class Acquisition {
  private static final Logger log = LoggerFactory.getLogger(Acquisition.class);

  private final Need need;
  private final Site.Placement placement;
  private final AgentEvents events;
  private final LaunchTools tools;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock(); // guards current and cancelled
  private @Nullable LaunchAttempt current;
  private boolean cancelled;

  Acquisition(Need need, Site.Placement placement, AgentEvents events, LaunchTools tools) {
    this.need = need;
    this.placement = placement;
    this.events = events;
    this.tools = tools;
  }

  /** Runs on a thread of its own and waits for it; interrupted, it undoes everything first. */
  Outcome run() throws InterruptedException {
    Thread launching = Threads.start("launch for " + need.build(), this::launch);
    try {
      return outcome.get();
    } catch (InterruptedException e) {
      cancel("the build does not need it any more");
      Threads.join(launching);
      if (!outcome.isCompletedExceptionally()
          && outcome.join() instanceof Outcome.Acquired(RemoteAgent agent)) {
        agent.close();
      }
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the launch failed inside of the controller", e.getCause());
    }
  }

  private void launch() {
    try {
      outcome.complete(launchTwice());
    } catch (RuntimeException e) {
      outcome.completeExceptionally(e);
    }
  }

  private Outcome launchTwice() {
    Outcome first = launchOnce();
    boolean worthwhile =
        first instanceof Outcome.Failed failed && failed.taskEnded() && passing(failed.kind());
    if (!worthwhile) {
      return first;
    }
    log.info("launching once more for {}: {}", need.build(), first);
    return launchOnce();
  }

  private static boolean passing(FailureClass kind) {
    return kind == FailureClass.TRANSIENT || kind == FailureClass.CAPACITY;
  }

  private Outcome launchOnce() {
    var attempt = new LaunchAttempt(need, placement, events, tools);
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

  private void cancel(String reason) {
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
