package dev.deputy.sandbox;

import dev.deputy.sandbox.Role.StoredPolicy;
import java.time.Instant;
import java.util.Map;

/** A managed policy; the sandbox keeps one version of each, {@code v1}. */
record ManagedPolicy(
    String arn,
    String account,
    String path,
    String name,
    String id,
    String description,
    Instant created,
    StoredPolicy policy,
    Map<String, String> tags) {
  ManagedPolicy {
    tags = Map.copyOf(tags);
  }
}
