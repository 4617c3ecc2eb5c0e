package dev.deputy.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * A run used up a limit. Not a {@link PipelineException}: neither pipeline code nor a step may
 * handle it.
 */
final class BudgetExceeded extends RuntimeException {
  private transient @Nullable Position at;

  BudgetExceeded(String message) {
    super(message, null, false, false);
  }

  /** Says where it happened, unless that is known already. */
  void locate(Position place) {
    if (at == null) {
      at = place;
    }
  }

  @Override
  public String getMessage() {
    String message = String.valueOf(super.getMessage());
    return at == null ? message : message + " (" + at + ")";
  }
}
