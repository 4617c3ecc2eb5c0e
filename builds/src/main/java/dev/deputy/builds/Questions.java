package dev.deputy.builds;

/**
 * Where builds put their questions. Thread-safe: parallel branches may ask at the same time, and
 * whoever shows them to people puts them in a row.
 */
@FunctionalInterface
public interface Questions {
  /**
   * Blocks until somebody answered. Who answers must be who they say they are: the answer's {@code
   * by} is checked against the question's candidates and nothing else.
   */
  Answer ask(Question question) throws InterruptedException;
}
