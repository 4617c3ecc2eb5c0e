package dev.deputy.builds;

import java.util.ArrayList;
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
  private final Map<String, String> holders = new HashMap<>();
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

    private Held(Set<String> resources) {
      this.resources = resources;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        resources.forEach(holders::remove);
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
      return resources.stream().filter(holders::containsKey).map(holders::get).findFirst();
    } finally {
      lock.unlock();
    }
  }

  /** All of these at once, if they are free now and nobody waits for one of them. */
  Optional<Held> tryAcquire(Set<String> resources, String holder) {
    lock.lock();
    try {
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
    request.resources().forEach(resource -> holders.put(resource, holder));
    return new Held(request.resources());
  }
}
