package dev.deputy.fleet;

import dev.deputy.protocol.Codec;
import dev.deputy.protocol.ControllerMessage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one agent, across lost connections. What is sent while there is none is dropped:
 * orders are sent again on the next connection, acknowledgements are summed up there.
 */
final class AgentLink {
  private static final Logger log = LoggerFactory.getLogger(AgentLink.class);
  private static final int GOING_AWAY = 1001;

  private final ReentrantLock lock = new ReentrantLock(); // guards both fields, orders what is sent
  private @Nullable AgentConnection connection;
  private boolean severed;

  /** Sends a message on the present connection. */
  void send(ControllerMessage message) {
    send(Codec.encode(message));
  }

  void send(String text) {
    lock.lock();
    try {
      if (connection != null) {
        deliver(connection, text);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a new connection in place of the one before.
   *
   * @param greeting is sent before anything else
   * @return false where the agent was given up already
   */
  boolean attach(AgentConnection fresh, Supplier<List<String>> greeting) {
    AgentConnection stale;
    lock.lock();
    try {
      if (severed) {
        return false;
      }
      stale = connection;
      connection = fresh;
      greeting.get().forEach(text -> deliver(fresh, text));
    } finally {
      lock.unlock();
    }
    if (stale != null) {
      stale.close(GOING_AWAY, "the agent is connected anew");
    }
    return true;
  }

  /** The connection has ended; true where it was the present one. */
  boolean detach(AgentConnection ended) {
    lock.lock();
    try {
      if (!ended.equals(connection)) {
        return false;
      }
      connection = null;
      return !severed;
    } finally {
      lock.unlock();
    }
  }

  boolean connected() {
    lock.lock();
    try {
      return connection != null;
    } finally {
      lock.unlock();
    }
  }

  boolean carries(AgentConnection candidate) {
    lock.lock();
    try {
      return candidate.equals(connection);
    } finally {
      lock.unlock();
    }
  }

  /** Has the agent connect anew. */
  void renew(String reason) {
    AgentConnection present;
    lock.lock();
    try {
      present = connection;
    } finally {
      lock.unlock();
    }
    if (present != null) {
      present.close(GOING_AWAY, reason);
    }
  }

  /** Gives the agent up: no connection any more. */
  void sever(String reason) {
    AgentConnection last;
    lock.lock();
    try {
      severed = true;
      last = connection;
      connection = null;
    } finally {
      lock.unlock();
    }
    if (last != null) {
      last.close(GOING_AWAY, reason);
    }
  }

  private static void deliver(AgentConnection to, String text) {
    try {
      to.send(text);
    } catch (IOException e) {
      log.debug("cannot send to an agent: {}", e.toString());
      to.close(GOING_AWAY, "cannot send");
    }
  }
}
