package dev.deputy.fleet;

import dev.deputy.protocol.Output;
import dev.deputy.protocol.StepId;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One step's output on its way from the agent to the build: each byte once and in order, whatever
 * comes twice or from two connections at a time.
 */
final class StepRun {
  private final StepId id;
  private final Agent.Output sink;
  // Held while the sink takes a piece, so that pieces from an old and a new connection never mix;
  // guards next and offset.
  private final ReentrantLock taking = new ReentrantLock();
  private long next = 1;
  private long offset;

  StepRun(StepId id, Agent.Output sink) {
    this.id = id;
    this.sink = sink;
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
      if (piece.seq() != next) {
        return piece.seq() < next ? Taken.YES : Taken.GAP;
      }
      if (piece.offset() != offset) {
        return Taken.NONSENSE;
      }
      byte[] bytes = new byte[piece.bytes().remaining()];
      piece.bytes().get(bytes);
      sink.write(bytes, 0, bytes.length);
      offset += bytes.length;
      next++;
      return Taken.YES;
    } finally {
      taking.unlock();
    }
  }

  /** Whether everything before the exit with this number is there. */
  Taken end(long seq) {
    taking.lock();
    try {
      return seq == next ? Taken.YES : seq > next ? Taken.GAP : Taken.NONSENSE;
    } finally {
      taking.unlock();
    }
  }

  /** The number of the last piece that the sink has; waits for one that it is taking. */
  long acknowledged() {
    taking.lock();
    try {
      return next - 1;
    } finally {
      taking.unlock();
    }
  }
}
