package dev.deputy.core;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that security officers want to know of: a decision, launch, registration, issue of
 * credentials, approval, end. Never holds a secret.
 *
 * @param action a word of the trade, such as {@code access-denied} or {@code credentials-issued}
 * @param actor who made it happen: a user, a build, the controller
 * @param details further facts by name
 */
public record AuditRecord(
    Instant at, String action, String actor, Optional<BuildId> build, Map<String, String> details) {
  public AuditRecord {
    details = Map.copyOf(details);
  }
}
