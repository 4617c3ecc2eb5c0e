package dev.deputy.pipeline;

import java.util.Optional;
import java.util.Set;

/**
 * The steps that exist and what they take: used to check a file before anything runs, and to bind
 * arguments when it does.
 */
public interface StepCatalog {
  Optional<StepSignature> find(String name);

  Set<String> names();

  /** What to do instead of using a step that does not exist; empty where nothing is known of it. */
  default Optional<String> advice(String unknown) {
    return Optional.empty();
  }
}
