/** Wiring, HTTP, configuration: everything that turns the modules into one controller. */
@NullMarked
package dev.deputy.server;

import org.jspecify.annotations.NullMarked;
