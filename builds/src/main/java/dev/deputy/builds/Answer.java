package dev.deputy.builds;

import java.util.Map;

/** What became of a {@link Question}. */
public sealed interface Answer {
  /**
   * Yes.
   *
   * @param by the user, as proven to whoever asked
   * @param values of the form's parameters by name, strings or booleans; a missing one has its
   *     default
   */
  record Approved(String by, Map<String, Object> values) implements Answer {
    public Approved {
      values = Map.copyOf(values);
    }

    /** Names the parameters only: a value may be a secret. */
    @Override
    public String toString() {
      return "Approved[by=" + by + ", values=" + values.keySet() + "]";
    }
  }

  /** No. */
  record Declined(String by) implements Answer {}

  /**
   * There is nobody to ask.
   *
   * @param reason for the build's owner: why, and what would have answered it
   */
  record Unanswerable(String reason) implements Answer {}
}
