package dev.deputy.core;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of a build's journal. The order in which steps completed is what a run is a function of.
 *
 * @param step counted from 1 in the order in which the build reached its steps
 * @param branch of {@code parallel}, empty for the main line
 * @param detail JSON: for STARTED the arguments with secrets as references, for FINISHED the
 *     result; empty where there is none
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
    LOST
  }

  /** How a step is kept: see the architecture's three classes. */
  public enum StepClass {
    LOG,
    RECORDED,
    EFFECT
  }
}
