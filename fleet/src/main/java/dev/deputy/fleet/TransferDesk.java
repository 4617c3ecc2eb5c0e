package dev.deputy.fleet;

import dev.deputy.fleet.Agent.Content;
import dev.deputy.fleet.Agent.NotDone;
import dev.deputy.fleet.Agent.ResultUnknown;
import dev.deputy.fleet.Agent.Sink;
import dev.deputy.protocol.AgentMessage;
import dev.deputy.protocol.AgentMessage.TransferDone;
import dev.deputy.protocol.TransferId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where a build's thread, which ordered a transfer, meets the HTTP request that carries it. The
 * build's thread moves the bytes; the request's waits.
 */
final class TransferDesk implements AgentTransfers {
  private final Duration patience;
  private final long maxSize;
  private final Map<Key, Transfer> open = new ConcurrentHashMap<>();

  /**
   * @param patience how long nothing may happen before and after an archive's passage
   * @param maxSize of an archive, in bytes
   */
  TransferDesk(Duration patience, long maxSize) {
    this.patience = patience;
    this.maxSize = maxSize;
  }

  /** Ids are unique within a session only; who knows its token belongs to it. */
  private record Key(String tokenHash, String id) {}

  /** Ready for one request with this id and the session's token. */
  Transfer open(Bond bond, TransferId id) {
    var transfer = new Transfer(new Key(bond.tokenHash(), id.value()));
    open.put(transfer.key, transfer);
    return transfer;
  }

  @Override
  public Answer receive(String id, String token, InputStream archive) {
    return meet(id, token, new Brought(archive, new CompletableFuture<>()));
  }

  @Override
  public Answer send(String id, String token, Target target) throws IOException {
    Answer answer = meet(id, token, new Wanted(target, new CompletableFuture<>()));
    if (answer == Answer.FAILED) {
      throw new IOException("the archive broke off");
    }
    return answer;
  }

  private Answer meet(String id, String token, Request request) {
    Transfer transfer = open.remove(new Key(Tokens.hash(token), id));
    if (transfer == null) {
      return Answer.UNKNOWN;
    }
    if (!transfer.admit(request)) {
      return Answer.FAILED;
    }
    try {
      return request.done().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("answers are never exceptions", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Answer.FAILED;
    }
  }

  private sealed interface Event {}

  private sealed interface Request extends Event {
    CompletableFuture<Answer> done();
  }

  private record Brought(InputStream archive, CompletableFuture<Answer> done) implements Request {}

  private record Wanted(Target target, CompletableFuture<Answer> done) implements Request {}

  private record Told(Optional<AgentMessage> answer) implements Event {}

  /** One of them, for the build's thread. */
  final class Transfer implements AutoCloseable {
    private final Key key;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final ReentrantLock lock = new ReentrantLock(); // guards closed
    private boolean closed;
    private boolean moved;

    private Transfer(Key key) {
      this.key = key;
    }

    private boolean admit(Request request) {
      lock.lock();
      try {
        return !closed && events.add(request);
      } finally {
        lock.unlock();
      }
    }

    /** Takes what the agent brings; returns how many files it says there are. */
    int take(Orders.Order order, Sink sink) throws InterruptedException, ResultUnknown, NotDone {
      return run(
          order,
          request -> {
            if (!(request instanceof Brought(InputStream archive, _))) {
              throw new IOException("the agent asked for an archive instead of bringing one");
            }
            sink.take(new LimitedInput(archive, maxSize));
          });
    }

    /** Gives the agent what it fetches. */
    void give(Orders.Order order, Content content)
        throws InterruptedException, ResultUnknown, NotDone {
      run(
          order,
          request -> {
            if (!(request instanceof Wanted(Target target, _))) {
              throw new IOException("the agent brought an archive instead of asking for one");
            }
            // Closed by the server, and only after all is well: an archive that breaks off must not
            // look like a whole one.
            OutputStream out = target.open();
            content.writeTo(out);
            out.flush();
          });
    }

    private int run(Orders.Order order, Move move)
        throws InterruptedException, ResultUnknown, NotDone {
      var _ = order.answer().whenComplete((m, _) -> events.add(new Told(Optional.ofNullable(m))));
      while (true) {
        Event event = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        switch (event) {
          case null -> throw new ResultUnknown("the agent does not say what became of a transfer");
          case Request request -> serve(request, move);
          case Told(Optional<AgentMessage> answer) -> {
            return result(answer.isPresent() ? answer.get() : order.await());
          }
        }
      }
    }

    private void serve(Request request, Move move) throws InterruptedException, NotDone {
      Answer answer = Answer.FAILED;
      try {
        move.of(request);
        moved = true;
        answer = Answer.DONE;
      } catch (LimitedInput.Exceeded e) {
        answer = Answer.TOO_LARGE;
        throw new NotDone(String.valueOf(e.getMessage()));
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        throw new NotDone("the transfer broke off: " + e.getMessage());
      } finally {
        request.done().complete(answer);
      }
    }

    private int result(AgentMessage message) throws NotDone {
      if (!(message instanceof TransferDone done)) {
        throw new NotDone("the agent answered with something else");
      }
      if (done.error().isPresent()) {
        throw new NotDone(done.error().get());
      }
      if (!moved) {
        throw new NotDone("the agent says that it is done, but there was no transfer");
      }
      return done.files();
    }

    /** No request is let in any more, and one that waits is sent away. */
    @Override
    public void close() {
      open.remove(key, this);
      lock.lock();
      try {
        closed = true;
      } finally {
        lock.unlock();
      }
      for (Event event = events.poll(); event != null; event = events.poll()) {
        if (event instanceof Request request) {
          request.done().complete(Answer.FAILED);
        }
      }
    }
  }

  /** Moves an archive's bytes. */
  @FunctionalInterface
  private interface Move {
    void of(Request request) throws IOException;
  }
}
