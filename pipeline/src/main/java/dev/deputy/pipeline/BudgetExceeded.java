package dev.deputy.pipeline;

/** A run used up a limit. */
final class BudgetExceeded extends Unstoppable {
  BudgetExceeded(String message) {
    super(message);
  }
}
