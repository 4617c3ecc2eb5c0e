package dev.deputy.builds;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Resources that one use at a time may have, shared by all builds of a controller. Whoever asks
 * first for a resource gets it first. Thread-safe.
 */
final class Locks {
  /** Guards the fields below. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();

  /**
   * Who has each resource that is not free. More than one only while runs are repeated: one of them
   * gave it back then, and the other got it.
   */
  private final Map<String, Deque<Held>> holders = new HashMap<>();

  private final List<Request> waiting = new ArrayList<>();
  private long asked;

  /** Builds whose runs are repeated and may still have something that nobody else may get. */
  private int repeating;

  /**
   * Somebody who wants resources.
   *
   * @param order the lowest goes first
   */
  private record Request(Set<String> resources, long order) {}

  /** Resources that are held, until it is closed. */
  final class Held implements AutoCloseable {
    private final Set<String> resources;
    private final String holder;

    private Held(Set<String> resources, String holder) {
      this.resources = resources;
      this.holder = holder;
    }

    /** Idempotent. */
    @Override
    public void close() {
      lock.lock();
      try {
        for (String resource : resources) {
          holders.computeIfPresent(
              resource,
              (_, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
              });
        }
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Who has one of these; empty where all are free. */
  Optional<String> holder(Set<String> resources) {
    lock.lock();
    try {
      return resources.stream()
          .flatMap(resource -> Optional.ofNullable(holders.get(resource)).stream())
          .map(all -> all.getLast().holder)
          .findFirst();
    } finally {
      lock.unlock();
    }
  }

  /**
   * All of these at once, if they are free and nobody waits for one of them; waits only until it is
   * known what builds have whose runs are repeated.
   */
  Optional<Held> tryAcquire(Set<String> resources, String holder) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (repeating > 0) {
        changed.await();
      }
      var request = new Request(resources, ++asked);
      return isNext(request) ? Optional.of(take(request, holder)) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * All of these at once; waits for them.
   *
   * @param newestFirst whether this goes before all who wait already
   */
  Held acquire(Set<String> resources, String holder, boolean newestFirst)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long number = ++asked;
      var request = new Request(resources, newestFirst ? -number : number);
      waiting.add(request);
      try {
        while (!isNext(request)) {
          changed.await();
        }
        return take(request, holder);
      } finally {
        waiting.remove(request);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives nothing to anybody until {@link #repeated} was called as often. */
  void repeats() {
    lock.lock();
    try {
      repeating++;
    } finally {
      lock.unlock();
    }
  }

  /** A run that was repeated has all that it had. */
  void repeated() {
    lock.lock();
    try {
      repeating--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What a build had before the controller was started again. */
  Held restore(Set<String> resources, String holder) {
    lock.lock();
    try {
      return take(new Request(resources, 0), holder);
    } finally {
      lock.unlock();
    }
  }

  private boolean isNext(Request request) {
    return repeating == 0
        && request.resources().stream().noneMatch(holders::containsKey)
        && waiting.stream()
            .filter(other -> other.order() < request.order())
            .noneMatch(other -> other.resources().stream().anyMatch(request.resources()::contains));
  }

  private Held take(Request request, String holder) {
    var held = new Held(request.resources(), holder);
    for (String resource : request.resources()) {
      holders.computeIfAbsent(resource, _ -> new ArrayDeque<>()).add(held);
    }
    return held;
  }
}
