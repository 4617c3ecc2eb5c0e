/**
 * Needs, launches, agent sessions, issue of credentials, reaping: small idempotent loops over
 * stored state. {@link dev.deputy.fleet.Agents} is its face towards builds.
 */
@NullMarked
package dev.deputy.fleet;

import org.jspecify.annotations.NullMarked;
