package dev.deputy.builds;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers a build's events to its observer in the order in which they were announced, on a thread
 * of its own: announcing never blocks and never runs foreign code. Steps that print ask for room
 * first, so that a slow observer slows them down instead of filling the memory.
 */
final class Announcer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
  private static final int LOG_EVENTS = 256;

  private final BlockingQueue<Delivery> queue = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(LOG_EVENTS);
  private final BuildObserver observer;
  private final Thread thread;

  Announcer(BuildObserver observer, String build) {
    this.observer = observer;
    this.thread = Thread.ofVirtual().name("events " + build).start(this::deliver);
  }

  void announce(BuildEvent event) {
    queue.add(new Delivery.One(event));
  }

  /** Waits until one more event of output has room; to be followed by one. */
  void awaitRoom() {
    room.acquireUninterruptibly();
  }

  /** Announces what {@link #awaitRoom} was called for. */
  void announceOutput(BuildEvent.Log event) {
    queue.add(new Delivery.Output(event));
  }

  /** Returns once everything announced was delivered. Interrupts are kept for the caller. */
  @Override
  public void close() {
    queue.add(new Delivery.End());
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver() {
    try {
      while (true) {
        switch (queue.take()) {
          case Delivery.One(BuildEvent event) -> deliver(event);
          case Delivery.Output(BuildEvent.Log event) -> {
            deliver(event);
            room.release();
          }
          case Delivery.End() -> {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  /** An observer that fails must not take the build with it. */
  private void deliver(BuildEvent event) {
    try {
      observer.on(event);
    } catch (RuntimeException e) {
      LOG.warn("{}: the observer failed on {}", event.build(), event.type(), e);
    }
  }

  private sealed interface Delivery {
    record One(BuildEvent event) implements Delivery {}

    record Output(BuildEvent.Log event) implements Delivery {}

    record End() implements Delivery {}
  }
}
