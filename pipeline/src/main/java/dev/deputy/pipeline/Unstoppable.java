package dev.deputy.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * What ends a run whatever its code says. Not a {@link PipelineException}: neither pipeline code
 * nor a step may handle it.
 */
abstract sealed class Unstoppable extends RuntimeException permits BudgetExceeded, RefusedUse {
  private transient @Nullable Position at;

  Unstoppable(String message) {
    super(message, null, false, false);
  }

  /** Says where it happened, unless that is known already. */
  final void locate(Position place) {
    if (at == null) {
      at = place;
    }
  }

  @Override
  public final String getMessage() {
    String message = String.valueOf(super.getMessage());
    return at == null ? message : message + " (" + at + ")";
  }
}
