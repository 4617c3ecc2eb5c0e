package dev.deputy.access;

/** Decides who may use which agent template. Default deny; pure; thread-safe. */
public interface AccessPolicy {
  AccessDecision decide(AccessRequest request);
}
