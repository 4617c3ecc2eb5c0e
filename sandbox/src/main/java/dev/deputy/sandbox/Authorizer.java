package dev.deputy.sandbox;

import java.time.Instant;
import java.util.Optional;

/** Decides whether a caller may do something. Thread-safe. */
interface Authorizer {
  /** Why not, in AWS's words; empty when it is allowed. */
  Optional<String> denial(Caller caller, Permission permission, Instant now);
}
