package dev.deputy.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The one thread that writes. What arrives while a transaction is on its way to the disk is
 * committed together in the next one, in the order of arrival. Work whose failure would spoil a
 * group is done again by itself, so work must depend on nothing but the database.
 */
final class GroupCommit implements AutoCloseable {
  private static final int GROUP = 512;
  private static final int QUEUE = 4 * GROUP;

  /** How long work that nobody waits for gathers before it is committed for its own sake. */
  private static final Duration GATHER = Duration.ofMillis(25);

  private final Handle handle;
  private final Thread thread;

  // guards the queue, urgent and closed
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Queue<Work<?>> queue = new ArrayDeque<>();
  private int urgent;
  private boolean closed;

  /**
   * @param handle used by the writing thread only, and closed by it
   */
  GroupCommit(Handle handle) {
    this.handle = handle;
    thread = Thread.ofPlatform().daemon().name("store-writer").start(this::run);
  }

  private record Work<T>(
      Function<Handle, T> body, Consumer<T> done, Consumer<Throwable> failed, boolean awaited) {
    /** Does the work; what it returns is to be run once that is durable. */
    Runnable perform(Handle handle) {
      T result = body.apply(handle);
      return () -> done.accept(result);
    }
  }

  /**
   * Does the work in a transaction and returns once that is durable. An interrupt stays pending
   * meanwhile, since the work is done anyway.
   */
  <T> T commit(Function<Handle, T> body) {
    var result = new CompletableFuture<T>();
    enqueue(new Work<>(body, result::complete, result::completeExceptionally, true));
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /**
   * Has the work done after what came before it; returns at once while there is room in the queue.
   *
   * @param failed called on the writing thread when it could not be done
   */
  void commitLater(Consumer<Handle> body, Consumer<Throwable> failed) {
    Function<Handle, Handle> work =
        handle -> {
          body.accept(handle);
          return handle;
        };
    enqueue(new Work<>(work, _ -> {}, failed, false));
  }

  private void enqueue(Work<?> work) {
    lock.lock();
    try {
      while (queue.size() >= QUEUE && !closed) {
        room.awaitUninterruptibly();
      }
      if (closed) {
        throw new IllegalStateException("the store is closed");
      }
      queue.add(work);
      urgent += work.awaited() ? 1 : 0;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try (handle) {
      for (List<Work<?>> group = next(); !group.isEmpty(); group = next()) {
        commit(group);
      }
    }
  }

  /** The next group; empty when the store is closed and everything is done. */
  private List<Work<?>> next() {
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        arrived.awaitUninterruptibly();
      }
      gather();
      var group = new ArrayList<Work<?>>();
      while (group.size() < GROUP && !queue.isEmpty()) {
        Work<?> work = queue.remove();
        urgent -= work.awaited() ? 1 : 0;
        group.add(work);
      }
      room.signalAll();
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void gather() {
    long left = GATHER.toNanos();
    try {
      while (urgent == 0 && queue.size() < GROUP && !closed && left > 0) {
        left = arrived.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // gathers no more, and goes on
    }
  }

  private void commit(List<Work<?>> group) {
    var answers = new ArrayList<Runnable>(group.size());
    try {
      handle.begin();
      for (Work<?> work : group) {
        answers.add(work.perform(handle));
      }
      handle.commit();
    } catch (Throwable failure) {
      rollback(failure);
      if (group.size() == 1) {
        group.getFirst().failed().accept(failure);
      } else {
        group.forEach(work -> commit(List.of(work)));
      }
      return;
    }
    answers.forEach(Runnable::run);
  }

  private void rollback(Throwable failure) {
    try {
      if (handle.isInTransaction()) {
        handle.rollback();
      }
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Does what is queued, then ends the thread; whoever comes later is refused. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
