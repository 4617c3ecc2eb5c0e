/** One picocli class per command; starts server and sandbox. */
@NullMarked
package dev.deputy.cli;

import org.jspecify.annotations.NullMarked;
