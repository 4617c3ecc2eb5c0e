/** What the examples run in their steps. */
@NullMarked
package dev.deputy.examples;

import org.jspecify.annotations.NullMarked;
