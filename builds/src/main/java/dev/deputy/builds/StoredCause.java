package dev.deputy.builds;

import dev.deputy.pipeline.InterruptionCause;
import dev.deputy.pipeline.InterruptionCause.Aborted;
import dev.deputy.pipeline.InterruptionCause.FailedBranch;
import dev.deputy.pipeline.InterruptionCause.Other;
import dev.deputy.pipeline.InterruptionCause.Rejected;
import dev.deputy.pipeline.InterruptionCause.Superseded;
import dev.deputy.pipeline.InterruptionCause.TimedOut;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cause of an interruption as the journal keeps it: its kind and what it says. */
final class StoredCause {
  private static final String KIND = "kind";
  private static final String OF = "of";

  private StoredCause() {}

  static Map<String, Object> write(InterruptionCause cause) {
    return switch (cause) {
      case Aborted(String by) -> Map.of(KIND, "aborted", OF, by);
      case Rejected(String by) -> Map.of(KIND, "rejected", OF, by);
      case TimedOut(int step) -> Map.of(KIND, "timed-out", OF, step);
      case FailedBranch(String name) -> Map.of(KIND, "failed-branch", OF, name);
      case Superseded(int by) -> Map.of(KIND, "superseded", OF, by);
      case Other(String description) -> Map.of(KIND, "other", OF, description);
    };
  }

  /**
   * @throws Diverged when it is of no kind that is known
   */
  static InterruptionCause read(@Nullable Object stored) {
    Stored.Fields fields = Stored.Fields.of(stored);
    return switch (fields.text(KIND)) {
      case "aborted" -> new Aborted(fields.text(OF));
      case "rejected" -> new Rejected(fields.text(OF));
      case "timed-out" -> new TimedOut(fields.number(OF));
      case "failed-branch" -> new FailedBranch(fields.text(OF));
      case "superseded" -> new Superseded(fields.number(OF));
      case "other" -> new Other(fields.text(OF));
      default -> throw new Diverged("the journal has an unknown cause: " + fields.text(KIND));
    };
  }
}
