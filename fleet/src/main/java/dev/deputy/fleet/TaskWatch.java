package dev.deputy.fleet;

import static java.util.Comparator.naturalOrder;

import dev.deputy.core.FailureClass;
import dev.deputy.core.Tasks;
import dev.deputy.core.Tasks.Ended;
import dev.deputy.core.Tasks.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one loop that asks ECS about tasks: those being launched, lost from sight or being stopped,
 * all in one call; nothing while there are none. Fresh ones are looked at often, old ones less: a
 * new one soon, but no two looks are closer than the interval, however many tasks there are.
 */
final class TaskWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TaskWatch.class);

  /** A new task is looked at after this part of the interval, where the last look is long ago. */
  private static final int EAGERNESS = 5;

  private final Tasks tasks;
  private final FleetSettings.Launching settings;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock(); // guards watched to closed
  private final Condition changed = lock.newCondition();
  private final Set<Watch> watched = new HashSet<>();
  private long nextLook;
  private long earliestLook = System.nanoTime();
  private int failures;
  private boolean closed;

  TaskWatch(Tasks tasks, FleetSettings.Launching settings, InstantSource clock) {
    this.tasks = tasks;
    this.settings = settings;
    this.clock = clock;
    Threads.start("fleet-watch", this::loop);
  }

  /** Who waits; exactly one of the two is called, once, on the watch's thread. Must not block. */
  interface Watcher {
    void stopped(Ended how);

    /** The deadline came first. */
    void overdue();
  }

  /** One task that somebody waits for. */
  final class Watch {
    private final String taskArn;
    private final Instant deadline;
    private final Watcher watcher;
    private final Instant since = clock.instant();
    private volatile Instant lastKnown = since;

    private Watch(String taskArn, Instant deadline, Watcher watcher) {
      this.taskArn = taskArn;
      this.deadline = deadline;
      this.watcher = watcher;
    }

    /** Nobody is called any more, unless it happens right now. */
    void cancel() {
      take();
    }

    private boolean take() {
      lock.lock();
      try {
        return watched.remove(this);
      } finally {
        lock.unlock();
      }
    }
  }

  Watch watch(String taskArn, Instant deadline, Watcher watcher) {
    Watch watch = new Watch(taskArn, deadline, watcher);
    lock.lock();
    try {
      if (closed) {
        Threads.start("watch of " + taskArn, watcher::overdue);
        return watch;
      }
      watched.add(watch);
      long soon = System.nanoTime() + settings.watchInterval().toNanos() / EAGERNESS;
      soon = soon - earliestLook < 0 ? earliestLook : soon;
      nextLook = watched.size() == 1 ? soon : Math.min(nextLook, soon);
      changed.signal();
    } finally {
      lock.unlock();
    }
    return watch;
  }

  /** Ends the loop; who still waits hears nothing. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * How long until the next look.
   *
   * @param youngest since the youngest watch began
   * @param failures of ECS in a row
   */
  static Duration pause(Duration interval, Duration youngest, int failures) {
    int calm = youngest.toSeconds() < 20 ? 1 : youngest.toSeconds() < 120 ? 4 : 8;
    return interval.multipliedBy(calm).multipliedBy(1L << Math.min(failures, 5));
  }

  private void loop() {
    try {
      for (List<Watch> due = due(); !due.isEmpty(); due = due()) {
        look(due);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until it is time; empty at the end. */
  private List<Watch> due() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        long wait = nextLook - System.nanoTime();
        if (watched.isEmpty()) {
          changed.await();
        } else if (wait > 0) {
          changed.await(wait, TimeUnit.NANOSECONDS);
        } else {
          return List.copyOf(watched);
        }
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private void look(List<Watch> due) {
    Map<String, TaskStatus> found = describe(due);
    Instant now = clock.instant();
    for (Watch watch : due) {
      try {
        judge(watch, found, now);
      } catch (RuntimeException e) {
        log.error("watcher of task {} failed", watch.taskArn, e);
      }
    }
    lock.lock();
    try {
      Instant youngest = watched.stream().map(watch -> watch.since).max(naturalOrder()).orElse(now);
      Duration age = Duration.between(youngest, now);
      long looked = System.nanoTime();
      earliestLook = looked + pause(settings.watchInterval(), Duration.ZERO, failures).toNanos();
      nextLook = looked + pause(settings.watchInterval(), age, failures).toNanos();
    } finally {
      lock.unlock();
    }
  }

  private Map<String, TaskStatus> describe(List<Watch> due) {
    Set<String> arns = new HashSet<>();
    due.forEach(watch -> arns.add(watch.taskArn));
    Map<String, TaskStatus> found = new HashMap<>();
    try {
      tasks.describe(arns).forEach(status -> found.put(status.taskArn(), status));
      failures = 0;
    } catch (RuntimeException e) {
      failures++;
      log.warn("DescribeTasks failed {} times in a row: {}", failures, e.toString());
    }
    return found;
  }

  private void judge(Watch watch, Map<String, TaskStatus> found, Instant now) {
    TaskStatus status = found.get(watch.taskArn);
    if (status != null && status.ended().isPresent()) {
      finish(watch, status.ended().get());
      return;
    }
    if (status != null || failures > 0) {
      watch.lastKnown = now;
    } else if (!now.isBefore(watch.lastKnown.plus(settings.missingGrace()))) {
      finish(watch, new Ended(FailureClass.UNKNOWN, "ECS does not know the task"));
      return;
    }
    if (!now.isBefore(watch.deadline) && watch.take()) {
      watch.watcher.overdue();
    }
  }

  private static void finish(Watch watch, Ended how) {
    if (watch.take()) {
      watch.watcher.stopped(how);
    }
  }
}
