package dev.deputy.agent;

import dev.deputy.protocol.AgentMessage;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The present connection, for whoever answers the controller. Safe for use by many threads. */
final class Uplink {
  private final ReentrantLock lock = new ReentrantLock(); // guards link
  private final Condition changed = lock.newCondition();
  private @Nullable Link link;

  /** From now on messages go here. */
  void attach(Link established) {
    lock.lock();
    try {
      link = established;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The connection that was attached last, which may be lost by now. */
  Optional<Link> link() {
    lock.lock();
    try {
      return Optional.ofNullable(link);
    } finally {
      lock.unlock();
    }
  }

  /** Sends a message, waiting for a connection as long as there is none. */
  void send(AgentMessage message) throws InterruptedException {
    while (true) {
      Link present = await();
      try {
        present.send(message);
        return;
      } catch (ConnectionLostException e) {
        lost(present);
      }
    }
  }

  private Link await() throws InterruptedException {
    lock.lock();
    try {
      Link present = link;
      while (present == null) {
        changed.await();
        present = link;
      }
      return present;
    } finally {
      lock.unlock();
    }
  }

  private void lost(Link dead) {
    lock.lock();
    try {
      if (dead.equals(link)) {
        link = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
