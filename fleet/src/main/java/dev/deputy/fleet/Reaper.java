package dev.deputy.fleet;

import dev.deputy.core.ControllerId;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchState;
import dev.deputy.core.Tasks.TaskStatus;
import dev.deputy.fleet.Endings.Farewell;
import dev.deputy.fleet.Endings.Manner;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that no task outlives its launch and no launch its build, whatever crashed: ends live
 * launches that nobody works on or whose build has ended, and stops this controller's tasks that no
 * live launch stands for. Never touches tasks of others.
 */
final class Reaper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reaper.class);

  private final ControllerId controller;
  private final FleetPorts ports;
  private final LaunchBook book;
  private final Roster roster;
  private final Expected expected;
  private final Endings endings;
  private final Duration interval;
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
      Duration interval) {
    this.controller = controller;
    this.ports = ports;
    this.book = book;
    this.roster = roster;
    this.expected = expected;
    this.endings = endings;
    this.interval = interval;
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
    while (!Threads.await(closing, interval)) {
      sweep();
    }
  }

  private void sweepOnce() {
    sweeping.lock();
    try {
      endLaunches();
      Set<String> running = new HashSet<>(ports.tasks().list(controller));
      running.removeAll(endings.tasks());
      List<String> strays = orphans.among(running, ports.launches().live());
      Set<String> stopped = stopped(strays);
      strays.stream().filter(task -> !stopped.contains(task)).forEach(this::stop);
    } finally {
      sweeping.unlock();
    }
  }

  /** Those that stopped, and whose launch therefore ended, after they were listed. */
  private Set<String> stopped(List<String> strays) {
    return strays.isEmpty()
        ? Set.of()
        : ports.tasks().describe(strays).stream()
            .filter(TaskStatus::stopped)
            .map(TaskStatus::taskArn)
            .collect(Collectors.toSet());
  }

  private void endLaunches() {
    for (Launch launch : ports.launches().live()) {
      Optional<LaunchAttempt> attempt = roster.attempt(launch.id());
      if (attempt.isPresent() && ended(launch)) {
        attempt.get().cancel("the build has ended");
      } else if (attempt.isEmpty() && !expected.has(launch.id()) && !endings.active(launch.id())) {
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
    Ending ending = endings.begin(launch, launch.state().task(), manner, Farewell.NONE);
    if (launch.state() instanceof LaunchState.Requested) {
      // Its task, should there be one, is an orphan only after this is stored.
      ending.awaitOver();
    }
  }

  private void stop(String taskArn) {
    log.warn("task {} has no live launch: it is stopped", taskArn);
    try {
      ports.tasks().stop(taskArn, "no live launch stands for it");
      ports.audit().append(book.record("task-reaped", Optional.empty(), Map.of("task", taskArn)));
    } catch (RuntimeException e) {
      log.error("task {} could not be stopped", taskArn, e);
    }
  }
}
