package dev.deputy.fleet;

import dev.deputy.core.FailureClass;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchId;
import dev.deputy.core.LaunchState;
import dev.deputy.core.LaunchState.Event;
import dev.deputy.core.Tasks;
import dev.deputy.core.Tasks.Ended;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends launches: the decision is stored, the agent told, the task stopped and confirmed STOPPED,
 * and that is stored. What cannot be brought to its end (ECS or the store is down) is left to the
 * reaper, which begins the ending again.
 */
final class Endings {
  private static final Logger log = LoggerFactory.getLogger(Endings.class);
  private static final int CALLS = 5;
  private static final RetryPlan PAUSES =
      new RetryPlan(Duration.ofMillis(200), Duration.ofSeconds(3), Duration.ZERO);

  private final Tasks tasks;
  private final LaunchBook book;
  private final Roster roster;
  private final TaskWatch watch;
  private final FleetSettings settings;
  private final InstantSource clock;
  private final Map<LaunchId, Ending> active = new ConcurrentHashMap<>();
  private final Map<LaunchId, String> tasksOfActive = new ConcurrentHashMap<>();

  Endings(
      Tasks tasks,
      LaunchBook book,
      Roster roster,
      TaskWatch watch,
      FleetSettings settings,
      InstantSource clock) {
    this.tasks = tasks;
    this.book = book;
    this.roster = roster;
    this.watch = watch;
    this.settings = settings;
    this.clock = clock;
  }

  /** Why a launch ends. */
  sealed interface Manner {
    String reason();

    /** Nobody needs it any more. */
    record Stop(String reason) implements Manner {}

    /** It came to nothing. */
    record Fail(FailureClass kind, String reason) implements Manner {}
  }

  /**
   * Ends a launch on a thread of its own, unless that is happening already.
   *
   * @param where its task is, also if the store does not know it
   * @param farewell said to the agent before its task is stopped
   */
  Ending begin(Launch launch, Whereabouts where, Manner manner, Farewell farewell) {
    if (where instanceof Whereabouts.At(String task)) {
      tasksOfActive.put(launch.id(), task);
    }
    return active.computeIfAbsent(
        launch.id(),
        id -> {
          var ending = new Ending();
          Threads.start(
              "end of launch " + id,
              () -> {
                try {
                  end(launch, where, manner, farewell, ending);
                } finally {
                  roster.release(id);
                  active.remove(id);
                  tasksOfActive.remove(id);
                  ending.over();
                }
              });
          return ending;
        });
  }

  /** What is said to an agent. */
  @FunctionalInterface
  interface Farewell {
    /** There is no agent to say anything to. */
    Farewell NONE = () -> false;

    /** Says it; whether the agent answered that nothing of the build runs there any more. */
    boolean said();
  }

  boolean active(LaunchId id) {
    return active.containsKey(id);
  }

  /** Tasks that are seen to. */
  Set<String> tasks() {
    return Set.copyOf(tasksOfActive.values());
  }

  /** Waits for all endings that have begun. */
  void awaitAll() {
    List.copyOf(active.values()).forEach(Ending::awaitOver);
  }

  private void end(
      Launch launch, Whereabouts where, Manner manner, Farewell farewell, Ending ending) {
    LaunchId id = launch.id();
    attempt("store the end of launch " + id, () -> decide(id, where, manner));
    attempt(
        "take leave of the agent of launch " + id,
        () -> {
          if (farewell.said()) {
            ending.vacated();
          }
        });
    boolean gone =
        switch (where) {
          case Whereabouts.Nowhere() -> true;
          case Whereabouts.At(String task) -> stopped(launch, task, manner.reason());
          case Whereabouts.Unknown() -> false;
        };
    if (gone) {
      attempt("store that launch " + id + " is stopped", () -> confirm(id, where, manner));
    }
  }

  private void decide(LaunchId id, Whereabouts where, Manner manner) {
    Event event =
        switch (manner) {
          case Manner.Stop _ -> new Event.Stop();
          case Manner.Fail(FailureClass kind, String reason) -> new Event.Fail(kind, reason);
        };
    Map<String, String> why = Map.of("reason", manner.reason());
    if (book.advance(id, event, why).isEmpty()) {
      // Stopping needs a task, failing a launch that is not stopping yet: else this is no change.
      book.advance(id, new Event.Fail(FailureClass.CANCELLED, manner.reason()), why);
    }
    if (where instanceof Whereabouts.At(String task)) {
      // No change but where its launch failed without knowing of it.
      book.advance(id, new Event.Submit(task), Map.of());
    }
  }

  private void confirm(LaunchId id, Whereabouts where, Manner manner) {
    decide(id, where, manner);
    book.advance(id, new Event.ConfirmStopped(clock.instant()), Map.of());
  }

  /** Whether the task is known to be stopped. */
  private boolean stopped(Launch launch, String taskArn, String reason) {
    Optional<Boolean> known = stop(taskArn, reason);
    for (int call = 1; known.isEmpty(); call++) {
      if (call == CALLS || !Threads.pause(PAUSES.pause(call, 1))) {
        return false;
      }
      known = stop(taskArn, reason);
    }
    if (!known.get() && !mayStillAppear(launch)) {
      log.info("task {} is gone already", taskArn);
      return true;
    }
    Duration timeout = settings.stopping().timeout();
    var settled = new CountDownLatch(1);
    var confirmed = new Confirmation(settled);
    watch.watch(taskArn, clock.instant().plus(timeout), confirmed);
    Threads.await(settled);
    if (!confirmed.stopped) {
      log.warn("task {} is not STOPPED {} after it was asked to", taskArn, timeout);
    }
    return confirmed.stopped;
  }

  /** A task that was accepted just now may be unknown; one whose agent came was known for sure. */
  private boolean mayStillAppear(Launch launch) {
    boolean young =
        clock.instant().isBefore(launch.created().plus(settings.launching().missingGrace()));
    return young
        && switch (launch.state()) {
          case LaunchState.Registered _, LaunchState.Assigned _ -> false;
          case LaunchState.Requested _,
              LaunchState.Submitted _,
              LaunchState.Stopping _,
              LaunchState.Stopped _,
              LaunchState.Failing _,
              LaunchState.Failed _ ->
              true;
        };
  }

  /** Whether ECS knew the task; empty where the call failed. */
  private Optional<Boolean> stop(String taskArn, String reason) {
    try {
      return Optional.of(tasks.stop(taskArn, reason));
    } catch (RuntimeException e) {
      log.warn("StopTask of {} failed: {}", taskArn, e.toString());
      return Optional.empty();
    }
  }

  /** Does it, in spite of failures that pass; one that stays is left to the reaper. */
  private static void attempt(String what, Runnable work) {
    for (int call = 1; ; call++) {
      try {
        work.run();
        return;
      } catch (RuntimeException e) {
        log.error("cannot {}", what, e);
        if (call == CALLS || !Threads.pause(PAUSES.pause(call, 1))) {
          return;
        }
      }
    }
  }

  private static final class Confirmation implements TaskWatch.Watcher {
    private final CountDownLatch settled;
    private volatile boolean stopped;

    Confirmation(CountDownLatch settled) {
      this.settled = settled;
    }

    @Override
    public void stopped(Ended how) {
      stopped = true;
      settled.countDown();
    }

    @Override
    public void overdue() {
      settled.countDown();
    }
  }
}
