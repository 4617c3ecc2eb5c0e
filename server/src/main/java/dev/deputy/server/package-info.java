/** Wiring, HTTP, configuration. */
@NullMarked
package dev.deputy.server;

import org.jspecify.annotations.NullMarked;
