package dev.deputy.core;

import java.util.List;
import java.util.Optional;

/**
 * Launches, persisted before anybody acts on them. Thread-safe; a call returns once its change is
 * durable.
 */
public interface LaunchStore {
  /**
   * Stores a new launch together with the audit record of it.
   *
   * @throws IllegalStateException when the id is there already
   */
  void create(Launch launch, AuditRecord audit);

  /**
   * Stores the launch's next version together with the audit record of it. Returns false, with
   * nothing stored, when {@code launch.version() - 1} is not the stored version: somebody else
   * moved it on.
   */
  boolean update(Launch launch, AuditRecord audit);

  Optional<Launch> find(LaunchId id);

  /** All that are not terminal, oldest first. */
  List<Launch> live();

  /** All launches of a build, oldest first. */
  List<Launch> ofBuild(BuildId build);
}
