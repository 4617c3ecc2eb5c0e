/** Needs, launches, agent sessions, credential issue, reaping. */
@NullMarked
package dev.deputy.fleet;

import org.jspecify.annotations.NullMarked;
