package dev.deputy.pipeline;

/**
 * A run used up a limit. Not a {@link PipelineException}: neither pipeline code nor a step may
 * handle it.
 */
final class BudgetExceeded extends RuntimeException {
  BudgetExceeded(String message) {
    super(message, null, false, false);
  }
}
