package dev.deputy.pipeline;

/** Why a build started, as far as its pipeline is told. */
public sealed interface StartCause {
  /** A person asked for it. */
  record Person(String user) implements StartCause {}

  /**
   * A step of another build asked for it.
   *
   * @param project the other build's job, with its folders
   * @param build the other build's number
   */
  record Upstream(String project, int build) implements StartCause {}

  /**
   * Something else made it start.
   *
   * @param name such as {@code timer} or {@code push}
   */
  record Other(String name) implements StartCause {}

  /** The word for it, which {@code triggeredBy} takes beside Jenkins' names. */
  default String word() {
    return switch (this) {
      case Person _ -> "person";
      case Upstream _ -> "upstream";
      case Other(String name) -> name;
    };
  }
}
