/** In-memory implementations of core's ports and the contract tests that every adapter passes. */
@NullMarked
package dev.deputy.testkit;

import org.jspecify.annotations.NullMarked;
