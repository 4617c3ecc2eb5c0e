package dev.deputy.fleet;

import dev.deputy.fleet.Agent.Gone;
import dev.deputy.fleet.Agent.NotDone;
import dev.deputy.fleet.Agent.ResultUnknown;
import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.Codec;
import dev.deputy.protocol.ControllerMessage;
import dev.deputy.protocol.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one agent was told to do and has not answered yet. An order may be repeatable (doing it
 * twice is as good as once, or the agent does it once however often it is told): then it is sent
 * again on each new connection.
 */
final class Orders {
  private final ReentrantLock lock = new ReentrantLock(); // guards open, each order's more, gone
  private final Map<Object, Order> open = new LinkedHashMap<>();
  private @Nullable String gone;

  /** One of them. */
  final class Order implements AutoCloseable {
    private final Object id;
    private final List<String> more = new ArrayList<>();
    private final CompletableFuture<AgentMessage> answer = new CompletableFuture<>();

    private final String text;
    private final boolean repeatable;

    private Order(Object id, String text, boolean repeatable) {
      this.id = id;
      this.text = text;
      this.repeatable = repeatable;
    }

    /** The frame that carries it. */
    String text() {
      return text;
    }

    private Stream<String> repetition() {
      return repeatable ? Stream.concat(Stream.of(text), List.copyOf(more).stream()) : Stream.of();
    }

    /** Waits for the answer, however long it takes. */
    AgentMessage await() throws InterruptedException, ResultUnknown {
      try {
        return answer.get();
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      }
    }

    /** Waits for any end of it, but not for ever. */
    void await(Duration atMost) throws InterruptedException {
      try {
        answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException _) {
        // Whoever waits like this has no use for the answer.
      }
    }

    /** The future answer, to be told of it. */
    CompletableFuture<AgentMessage> answer() {
      return answer;
    }

    /** Says something more about it, also again on a new connection. */
    void follow(String followUp) {
      lock.lock();
      try {
        more.add(followUp);
      } finally {
        lock.unlock();
      }
    }

    /** Nobody waits for an answer any more. */
    @Override
    public void close() {
      lock.lock();
      try {
        open.remove(id, this);
      } finally {
        lock.unlock();
      }
    }

    private static RuntimeException failure(@Nullable Throwable cause) throws ResultUnknown {
      if (cause instanceof ResultUnknown unknown) {
        throw new ResultUnknown(String.valueOf(unknown.getMessage()));
      }
      return cause instanceof RuntimeException own
          ? own
          : new IllegalStateException("an order failed", cause);
    }
  }

  /**
   * Notes an order.
   *
   * @param id that the answer will carry
   * @throws Gone when the agent is
   * @throws NotDone when the order exceeds the protocol's limits
   */
  Order place(Object id, ControllerMessage message, boolean repeatable) throws NotDone {
    String text = Codec.encode(message);
    try {
      Codec.controllerMessage(text);
    } catch (ProtocolException e) {
      throw new NotDone(String.valueOf(e.getMessage()));
    }
    lock.lock();
    try {
      if (gone != null) {
        throw new Gone("the agent is gone: " + gone);
      }
      var order = new Order(id, text, repeatable);
      if (open.putIfAbsent(id, order) != null) {
        throw new IllegalStateException(id + " is under way already");
      }
      return order;
    } finally {
      lock.unlock();
    }
  }

  /** An answer; without effect where nobody waits for it. */
  void answered(Object id, AgentMessage message) {
    find(id).answer.complete(message);
  }

  /** The order cannot be carried through, because of a failure on this side. */
  void failed(Object id, RuntimeException failure) {
    find(id).answer.completeExceptionally(failure);
  }

  private Order find(Object id) {
    lock.lock();
    try {
      return open.getOrDefault(id, new Order(id, "", false));
    } finally {
      lock.unlock();
    }
  }

  /** What a new connection begins with: frames of open orders, in the order they were given. */
  List<String> repetitions() {
    lock.lock();
    try {
      return open.values().stream().flatMap(Order::repetition).toList();
    } finally {
      lock.unlock();
    }
  }

  /** The agent is gone: nothing will be known of open orders, and no more are taken. */
  void gone(String reason) {
    List<Order> lost;
    lock.lock();
    try {
      if (gone == null) {
        gone = reason;
      }
      lost = List.copyOf(open.values());
    } finally {
      lock.unlock();
    }
    lost.forEach(order -> order.answer.completeExceptionally(new ResultUnknown(reason)));
  }
}
