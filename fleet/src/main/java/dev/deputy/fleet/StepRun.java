package dev.deputy.fleet;

import dev.deputy.protocol.Output;
import dev.deputy.protocol.StepId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One step's output on its way from the agent to the build: each byte once and in order, whatever
 * comes twice, from two connections at a time, or again after the controller was started again. A
 * piece counts as taken once the build keeps all of it.
 */
final class StepRun {
  /** With so many pieces that are not kept yet, an unfinished line is kept as it is. */
  private static final int MANY = 32;

  /** Agents send no more than 128 that are not acknowledged, so this many are, kept or not. */
  private static final int TOO_MANY = 96;

  private final StepId id;
  private final Agent.Output sink;
  // Held while the sink takes a piece, so that pieces from an old and a new connection never mix;
  // guards all below.
  private final ReentrantLock taking = new ReentrantLock();
  private final Deque<Piece> unkept = new ArrayDeque<>();

  /** The number of the next piece; 0 until the first has told it. */
  private long next = 1;

  /** Where the next piece begins. */
  private long offset;

  private long acknowledged;

  /**
   * A piece that the sink has and does not keep yet.
   *
   * @param end where the next one begins
   */
  private record Piece(long seq, long end) {}

  /** Whether pieces came before anybody took them, and will come again. */
  private boolean awaited;

  StepRun(StepId id, Agent.Output sink) {
    this.id = id;
    this.sink = sink;
  }

  /**
   * It may have begun under an earlier process of the controller: any piece may be the first.
   *
   * @param awaited whether there is one that will come again
   */
  void begunBefore(boolean awaited) {
    taking.lock();
    try {
      next = 0;
      this.awaited = awaited;
    } finally {
      taking.unlock();
    }
  }

  /** What became of a piece. */
  enum Taken {
    /** The sink has it, now or since before. */
    YES,
    /** What comes before it is missing. */
    GAP,
    /** It contradicts what came before it. */
    NONSENSE
  }

  StepId id() {
    return id;
  }

  /** Hands a piece to the sink if it is the next one. The sink's exceptions are passed on. */
  Taken take(Output piece) {
    taking.lock();
    try {
      if (next == 0) {
        return first(piece);
      }
      if (piece.seq() != next) {
        return piece.seq() < next ? Taken.YES : Taken.GAP;
      }
      return piece.offset() == offset ? next(piece) : Taken.NONSENSE;
    } finally {
      taking.unlock();
    }
  }

  /** Any piece may be the first that comes, if nothing is missing before it. */
  private Taken first(Output piece) {
    if (piece.seq() < 1 || (piece.seq() == 1) != (piece.offset() == 0)) {
      return Taken.NONSENSE;
    }
    if (piece.offset() > sink.received()) {
      return Taken.GAP;
    }
    next = piece.seq();
    acknowledged = next - 1;
    return next(piece);
  }

  private Taken next(Output piece) {
    int length = piece.bytes().remaining();
    int had = Math.clamp(sink.received() - piece.offset(), 0, length);
    byte[] bytes = new byte[length];
    piece.bytes().get(bytes);
    if (had < length) {
      sink.write(bytes, had, length - had);
    }
    offset = piece.offset() + length;
    unkept.add(new Piece(next++, offset));
    if (unkept.size() >= MANY) {
      sink.flush();
    }
    long kept = sink.kept();
    while (!unkept.isEmpty() && (unkept.peek().end() <= kept || unkept.size() > TOO_MANY)) {
      acknowledged = unkept.remove().seq();
    }
    return Taken.YES;
  }

  /**
   * Whether everything before the exit with this number is there; the sink keeps all of it then.
   */
  Taken end(long seq) {
    taking.lock();
    try {
      if (next == 0 && awaited) {
        return Taken.GAP;
      }
      if (next != 0 && seq != next) {
        return seq > next ? Taken.GAP : Taken.NONSENSE;
      }
      sink.end();
      next = seq;
      acknowledged = seq - 1;
      unkept.clear();
      return Taken.YES;
    } finally {
      taking.unlock();
    }
  }

  /** The number of the last piece that is kept; waits for one that is being taken. */
  long acknowledged() {
    taking.lock();
    try {
      return acknowledged;
    } finally {
      taking.unlock();
    }
  }
}
