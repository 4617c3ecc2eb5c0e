package dev.deputy.fleet;

import dev.deputy.core.ControllerId;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchId;
import dev.deputy.core.LaunchState;
import dev.deputy.core.LaunchState.Event;
import dev.deputy.core.LaunchState.Failing;
import dev.deputy.core.Tasks.TaskStatus;
import dev.deputy.fleet.Endings.Farewell;
import dev.deputy.fleet.Endings.Manner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that no task outlives its launch and no launch its build, whatever crashed: ends live
 * launches that nobody works on or whose build has ended, and stops this controller's tasks that no
 * live launch stands for. Never touches tasks of others.
 *
 * <p>A launch that failed while it was not known whether RunTask was accepted stays live until its
 * task was found and is gone, or has not been seen for as long as ECS may need to show it.
 */
final class Reaper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reaper.class);

  private final ControllerId controller;
  private final FleetPorts ports;
  private final LaunchBook book;
  private final Roster roster;
  private final Expected expected;
  private final Endings endings;
  private final FleetSettings settings;
  private final InstantSource clock;
  private final Map<LaunchId, Instant> doubts = new HashMap<>(); // since when; guarded by sweeping
  private final Orphans orphans = new Orphans();
  private final ReentrantLock sweeping = new ReentrantLock(); // held by one sweep at a time
  private final CountDownLatch closing = new CountDownLatch(1);

  Reaper(
      ControllerId controller,
      FleetPorts ports,
      LaunchBook book,
      Roster roster,
      Expected expected,
      Endings endings,
      FleetSettings settings,
      InstantSource clock) {
    this.controller = controller;
    this.ports = ports;
    this.book = book;
    this.roster = roster;
    this.expected = expected;
    this.endings = endings;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Sweeps once, then begins to do so regularly. A task that cannot be stopped is left to the next
   * sweep.
   *
   * @throws RuntimeException of the store or the cloud, when that first sweep could not look
   */
  void start() {
    sweepOnce();
    Threads.start("fleet-reaper", this::loop);
  }

  /** Sweeps now; a failure is logged and made up for by the next one. */
  void sweep() {
    try {
      sweepOnce();
    } catch (RuntimeException e) {
      log.error("the search for left-over tasks failed", e);
    }
  }

  @Override
  public void close() {
    closing.countDown();
  }

  private void loop() {
    while (!Threads.await(closing, settings.stopping().reapInterval())) {
      sweep();
    }
  }

  private void sweepOnce() {
    sweeping.lock();
    try {
      endLaunches();
      Set<LaunchId> settled = settledDoubts();
      Set<String> running = new HashSet<>(ports.tasks().list(controller));
      running.removeAll(endings.tasks());
      Map<LaunchId, Launch> live = new HashMap<>();
      ports.launches().live().forEach(launch -> live.put(launch.id(), launch));
      List<String> strays = orphans.among(running, live.values());
      Map<String, TaskStatus> statuses = statuses(strays);
      for (String stray : strays) {
        Optional<TaskStatus> status = Optional.ofNullable(statuses.get(stray));
        if (status.filter(TaskStatus::stopped).isEmpty()) {
          Optional<Launch> owner = status.flatMap(TaskStatus::launch).map(live::get);
          owner.ifPresent(launch -> settled.remove(launch.id()));
          stop(stray, owner);
        }
      }
      settled.forEach(
          launch -> book.advance(launch, new Event.ConfirmStopped(clock.instant()), Map.of()));
    } finally {
      sweeping.unlock();
    }
  }

  /** Launches whose task would be in a list of tasks by now, if there were one. */
  private Set<LaunchId> settledDoubts() {
    Instant now = clock.instant();
    Set<LaunchId> doubtful = new HashSet<>();
    for (Launch launch : ports.launches().live()) {
      if (doubtful(launch)) {
        doubtful.add(launch.id());
        doubts.putIfAbsent(launch.id(), now);
      }
    }
    doubts.keySet().retainAll(doubtful);
    Instant horizon = now.minus(settings.launching().missingGrace());
    doubtful.removeIf(launch -> doubts.getOrDefault(launch, now).isAfter(horizon));
    return doubtful;
  }

  /** Whether it has failed and it is not known whether it has a task. */
  private static boolean doubtful(Launch launch) {
    return launch.state() instanceof Failing && launch.state().task().isEmpty();
  }

  private Map<String, TaskStatus> statuses(List<String> strays) {
    return strays.isEmpty()
        ? Map.of()
        : ports.tasks().describe(strays).stream()
            .collect(Collectors.toMap(TaskStatus::taskArn, Function.identity()));
  }

  private void endLaunches() {
    for (Launch launch : ports.launches().live()) {
      Optional<LaunchAttempt> attempt = roster.attempt(launch.id());
      if (attempt.isPresent() && ended(launch)) {
        attempt.get().cancel("the build has ended");
      } else if (attempt.isEmpty()
          && !expected.has(launch.id())
          && !endings.active(launch.id())
          && !doubtful(launch)) {
        abandon(launch);
      }
    }
  }

  private boolean ended(Launch launch) {
    return ports.builds().find(launch.build()).filter(b -> b.state().terminal()).isPresent();
  }

  private void abandon(Launch launch) {
    log.info("launch {} was left behind in state {}", launch.id(), launch.state());
    Manner manner = new Manner.Stop("the controller was ended before it");
    Whereabouts where =
        launch
            .state()
            .task()
            .<Whereabouts>map(Whereabouts.At::new)
            .orElseGet(Whereabouts.Unknown::new);
    Ending ending = endings.begin(launch, where, manner, Farewell.NONE);
    if (launch.state() instanceof LaunchState.Requested) {
      // Its task, should there be one, is an orphan only after this is stored.
      ending.awaitOver();
    }
  }

  /**
   * @param owner that has not ended, because nobody knew of the task
   */
  private void stop(String taskArn, Optional<Launch> owner) {
    log.warn("task {} has no launch that needs it: it is stopped", taskArn);
    String reason = "no live launch stands for it";
    try {
      if (owner.isPresent()) {
        var where = new Whereabouts.At(taskArn);
        endings.begin(owner.get(), where, new Manner.Stop(reason), Farewell.NONE).awaitOver();
      } else {
        ports.tasks().stop(taskArn, reason);
      }
      ports.audit().append(book.record("task-reaped", Optional.empty(), Map.of("task", taskArn)));
    } catch (RuntimeException e) {
      log.error("task {} could not be stopped", taskArn, e);
    }
  }
}
