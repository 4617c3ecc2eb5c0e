/** Runs a pipeline: journal, steps, logs, results. */
@NullMarked
package dev.deputy.builds;

import org.jspecify.annotations.NullMarked;
