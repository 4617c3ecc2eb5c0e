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
}
