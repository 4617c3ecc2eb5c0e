package dev.deputy.core;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of a build's journal. A run is a function of the order in which waits completed, of what
 * they ended with, and of what was noted or happened meanwhile; the other lines are for people, and
 * to tell whether a run that is repeated is the same.
 *
 * @param step counted from 1 in the order in which the build reached its steps; 0 for the build
 * @param branch of {@code parallel}, empty for the main line
 * @param detail JSON: for STARTED and FINISHED arguments and result as digests, for the rest what a
 *     repeated run needs; empty where there is none
 */
public record JournalEntry(
    int step,
    Kind kind,
    StepClass stepClass,
    String name,
    String branch,
    Optional<String> detail,
    Instant at) {
  /** What happened to the step. */
  public enum Kind {
    STARTED,
    FINISHED,
    FAILED,
    /** Its agent is gone and nothing is known of the result. */
    LOST,
    /** A wait of the step ended; the order of these is that in which the run saw them. */
    COMPLETED,
    /** The run read something that may be different at another time. */
    NOTED,
    /** Something came from outside: an abort, the end of a time. */
    HAPPENED
  }

  /** How a step is kept: see the architecture's three classes. */
  public enum StepClass {
    LOG,
    RECORDED,
    EFFECT
  }

  /**
   * Whether something in the world hangs on this entry, so that it has to be durable at once: the
   * start of an effect. Its end, and all that was read, is durable before the next effect starts
   * and before the log shows what became of it.
   */
  public boolean decisive() {
    return stepClass == StepClass.EFFECT && kind == Kind.STARTED;
  }
}
