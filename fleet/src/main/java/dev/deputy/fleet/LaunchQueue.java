package dev.deputy.fleet;

import dev.deputy.core.JobName;
import dev.deputy.core.Launch;
import dev.deputy.core.LaunchId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a launch, and whose launch counts. It has no thread and no clock: every change
 * leads to the decision that follows from it, at once. Thread-safe.
 */
final class LaunchQueue {
  private final Caps caps;
  private final AtomicLong arrivals = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock(); // guards held to turn
  private final Map<LaunchId, Demand> held = new HashMap<>();
  private final Map<LaunchId, Waiting> waiting = new HashMap<>();
  private final Map<JobName, Long> turns = new HashMap<>();
  private long turn;

  LaunchQueue(Caps caps) {
    this.caps = caps;
  }

  /** Who waits. Called under the queue's lock, in the order of what happens: must not block. */
  interface Waiter {
    /** It may launch, and counts from now on. */
    void turn();

    /** It has to wait, here. */
    void waits(Standing standing);
  }

  private static final class Waiting {
    private final Demand demand;
    private final Waiter waiter;
    private @Nullable Standing told;

    Waiting(Demand demand, Waiter waiter) {
      this.demand = demand;
      this.waiter = waiter;
    }

    void tell(Standing standing) {
      if (told == null || standing.isNewsAfter(told)) {
        told = standing;
        waiter.waits(standing);
      }
    }
  }

  /** The place in the order of needs of one that comes now. */
  long arrival() {
    return arrivals.incrementAndGet();
  }

  /** Counts a launch that an earlier process began. */
  void hold(Launch launch, Site site) {
    var demand =
        new Demand(
            launch.id(), launch.build(), launch.template(), site.account(launch.template()), 0);
    lock.lock();
    try {
      held.put(launch.id(), demand);
    } finally {
      lock.unlock();
    }
  }

  /** Waits in the queue, or has its turn at once. Ends with {@link #leave}. */
  void enter(Demand demand, Waiter waiter) {
    lock.lock();
    try {
      waiting.put(demand.launch(), new Waiting(demand, waiter));
      decide();
    } finally {
      lock.unlock();
    }
  }

  /** It does not wait any more, and its task is gone if there was one. Idempotent. */
  void leave(LaunchId launch) {
    lock.lock();
    try {
      boolean waited = waiting.remove(launch) != null;
      boolean counted = held.remove(launch) != null;
      if (waited || counted) {
        decide();
      }
    } finally {
      lock.unlock();
    }
  }

  private void decide() {
    if (waiting.isEmpty()) {
      return;
    }
    var demands = waiting.values().stream().map(waits -> waits.demand).toList();
    QueueState.Decision decision = new QueueState(caps, held.values(), demands, turns).decide();
    for (Demand demand : decision.granted()) {
      held.put(demand.launch(), demand);
      turns.put(demand.job(), ++turn);
      Optional.ofNullable(waiting.remove(demand.launch())).ifPresent(w -> w.waiter.turn());
    }
    decision
        .standings()
        .forEach((launch, standing) ->
            Optional.ofNullable(waiting.get(launch)).ifPresent(w -> w.tell(standing)));
    forgetTurns();
  }

  /** A job that neither waits nor has agents begins anew. */
  private void forgetTurns() {
    Set<JobName> present = new HashSet<>();
    held.values().forEach(demand -> present.add(demand.job()));
    waiting.values().forEach(waits -> present.add(waits.demand.job()));
    turns.keySet().retainAll(present);
  }
}
