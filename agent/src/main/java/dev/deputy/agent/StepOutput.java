package dev.deputy.agent;

import dev.deputy.protocol.AgentMessage.Exit;
import dev.deputy.protocol.Protocol;
import dev.deputy.protocol.ProtocolException;
import dev.deputy.protocol.StepId;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Delivers one step's output and then its exit, in order, at least once: everything is kept until
 * it is acknowledged and sent again, cut in the same pieces, after a new connection. The writer is
 * held back while too much is waiting.
 */
final class StepOutput implements Masker.Sink {
  /** How long output waits for more, so that it is live and yet not a frame for every byte. */
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  private static final int MAX_IN_FLIGHT = 128;

  /** Bounds of what a step may keep here. */
  record Limits(long waiting, long total) {
    static final Limits DEFAULT = new Limits(64L << 20, 1L << 30);
  }

  private record Piece(long offset, int length) {}

  private final StepId step;
  private final Spool spool;
  private final Limits limits;
  private final ReentrantLock sending = new ReentrantLock(); // keeps what is sent in order
  private final ReentrantLock lock = new ReentrantLock(); // guards all below
  private final Condition changed = lock.newCondition();
  private final NavigableMap<Long, Piece> pieces = new TreeMap<>(); // cut, not acknowledged
  private long written;
  private long cut;
  private long lastSeq;
  private long nextToSend = 1;
  private @Nullable Link link;
  private @Nullable Exit exit;
  private boolean done;

  StepOutput(StepId step, Spool spool, Limits limits) throws IOException {
    this.step = step;
    this.spool = spool;
    this.limits = limits;
    this.written = spool.size();
  }

  /**
   * Appends masked output; waits while the controller is too far behind.
   *
   * @throws FullException where a step may not have so much output
   */
  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    awaitRoom(length);
    spool.append(bytes, from, length);
    lock.lock();
    try {
      written += length;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoom(int length) throws IOException {
    lock.lock();
    try {
      if (written + length > limits.total) {
        throw new FullException("more than " + limits.total + " bytes of output");
      }
      while (written - acknowledged() > limits.waiting) {
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the agent ends", e);
    } finally {
      lock.unlock();
    }
  }

  private long acknowledged() {
    return pieces.isEmpty() ? cut : pieces.firstEntry().getValue().offset;
  }

  /** A step has more output than it may. */
  static final class FullException extends IOException {
    FullException(String message) {
      super(message);
    }
  }

  /** No output follows; {@link #run} delivers the exit with this number after all of it. */
  void exit(Exit made) {
    lock.lock();
    try {
      exit = made;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends what can be sent at once on the calling thread: at the end of a short step it would wait
   * for the thread of {@link #run} to wake up.
   */
  void deliverNow() throws IOException, InterruptedException {
    Link over;
    lock.lock();
    try {
      over = link;
    } finally {
      lock.unlock();
    }
    if (over != null) {
      try {
        while (sendNext(over)) {
          // and the next one
        }
      } catch (ConnectionLostException e) {
        lost(over);
      }
    }
  }

  /** Cuts all that was written into pieces and gives the number that follows them. */
  long seal() {
    lock.lock();
    try {
      while (cut < written) {
        cutPiece();
      }
      return lastSeq + 1;
    } finally {
      lock.unlock();
    }
  }

  /** Goes on over a new connection, after what is stored; 0 for nothing. */
  void attach(Link established, long acknowledged) {
    lock.lock();
    try {
      acknowledge(acknowledged);
      nextToSend = pieces.isEmpty() ? lastSeq + 1 : pieces.firstKey();
      link = established;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Everything up to and with this number is stored and may be forgotten.
   *
   * @throws ProtocolException for a number that does not exist
   */
  void acknowledge(long seq) {
    lock.lock();
    try {
      if (seq > (exit == null ? lastSeq : exit.seq())) {
        throw new ProtocolException("ack: step " + step + " has no number " + seq);
      }
      pieces.headMap(seq, true).clear();
      done |= exit != null && seq >= exit.seq();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The exit, where it was sent; it may be sent again, also where it was acknowledged: whoever did
   * may have been killed before it kept it.
   */
  Optional<Exit> sentExit() {
    lock.lock();
    try {
      return exit != null && (done || nextToSend > exit.seq())
          ? Optional.of(exit)
          : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** The last number that exists, for a step that is not fully acknowledged. */
  Optional<Long> undelivered() {
    lock.lock();
    try {
      return done ? Optional.empty() : Optional.of(exit == null ? lastSeq : exit.seq());
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the exit is acknowledged; false where the time was over before. */
  boolean awaitDelivery(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!done && left > 0) {
        left = changed.awaitNanos(left);
      }
      return done;
    } finally {
      lock.unlock();
    }
  }

  /** Delivers until all is acknowledged; then the spool is closed. */
  void run() throws IOException, InterruptedException {
    try (spool) {
      Optional<Link> over = awaitWork();
      while (over.isPresent()) {
        try {
          sendNext(over.get());
        } catch (ConnectionLostException e) {
          lost(over.get());
        }
        over = awaitWork();
      }
    }
  }

  /** Waits until there is something to send that may be sent now; empty where all is done. */
  private Optional<Link> awaitWork() throws InterruptedException {
    lock.lock();
    try {
      long gather = GATHER_NANOS;
      while (!done) {
        Link over = link;
        boolean window = inWindow();
        if (over != null && window && hasNext()) {
          return Optional.of(over);
        }
        long uncut = written - cut;
        if (over == null || !window || uncut == 0) {
          changed.await();
          gather = GATHER_NANOS;
        } else if (uncut >= Protocol.MAX_CHUNK || gather <= 0) {
          cutPiece();
        } else {
          gather = changed.awaitNanos(gather);
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean hasNext() {
    return pieces.containsKey(nextToSend) || (exit != null && nextToSend == exit.seq());
  }

  private void cutPiece() {
    int length = (int) Math.min(Protocol.MAX_CHUNK, written - cut);
    pieces.put(++lastSeq, new Piece(cut, length));
    cut += length;
  }

  /** Sends what is next, if that may be sent now; whether it was. */
  private boolean sendNext(Link over) throws IOException, InterruptedException {
    sending.lockInterruptibly();
    try {
      long seq;
      Piece piece;
      Exit last;
      lock.lock();
      try {
        if (done || !over.equals(link) || !inWindow() || !hasNext()) {
          return false;
        }
        seq = nextToSend++;
        piece = pieces.get(seq);
        last = exit;
      } finally {
        lock.unlock();
      }
      if (piece != null) {
        over.send(spool.read(step, seq, piece.offset, piece.length));
      } else if (last != null) {
        over.send(last);
      }
      return true;
    } finally {
      sending.unlock();
    }
  }

  private boolean inWindow() {
    return pieces.isEmpty() || nextToSend - pieces.firstKey() < MAX_IN_FLIGHT;
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
