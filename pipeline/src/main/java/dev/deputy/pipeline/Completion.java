package dev.deputy.pipeline;

import org.jspecify.annotations.Nullable;

/** How a statement ended, where it did not throw. */
sealed interface Completion {
  /** Without a value. */
  Completion NOTHING = new Normal(null);

  /** By going on; the value is what a closure that ends here returns. */
  record Normal(@Nullable Object value) implements Completion {}

  record Returned(@Nullable Object value) implements Completion {}

  /** {@code break label} and {@code continue label}. */
  record Labeled(Jump jump, String label) implements Completion {}

  /** {@code break} and {@code continue}. */
  enum Jump implements Completion {
    BREAK,
    CONTINUE
  }
}
