package dev.deputy.builds;

import java.util.Map;

/** Something that comes to a build from outside of its pipeline, between two of its steps. */
sealed interface Happening {
  /** Somebody wants it to end. */
  record Aborted(String by) implements Happening {}

  /**
   * A {@code timeout} is over.
   *
   * @param step its number
   */
  record Expired(int step) implements Happening {}

  /**
   * A newer build of the job passed a milestone first.
   *
   * @param by its number
   */
  record Overtaken(int by) implements Happening {}

  /** Its kind, for the journal. */
  default String kind() {
    return switch (this) {
      case Aborted _ -> "aborted";
      case Expired _ -> "expired";
      case Overtaken _ -> "overtaken";
    };
  }

  /** What the journal keeps. */
  default Map<String, Object> fields() {
    return switch (this) {
      case Aborted(String by) -> Map.of("by", by);
      case Expired(int step) -> Map.of("timeout", step);
      case Overtaken(int by) -> Map.of("build", by);
    };
  }

  /**
   * As the journal has it.
   *
   * @throws Diverged when it is of no kind that is known
   */
  static Happening read(String kind, Stored.Fields fields) {
    return switch (kind) {
      case "aborted" -> new Aborted(fields.text("by"));
      case "expired" -> new Expired(fields.number("timeout"));
      case "overtaken" -> new Overtaken(fields.number("build"));
      default -> throw new Diverged("the journal has something unknown: " + kind);
    };
  }
}
