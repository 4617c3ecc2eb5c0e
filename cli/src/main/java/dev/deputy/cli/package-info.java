/** The command line: one picocli class per command. */
@NullMarked
package dev.deputy.cli;

import org.jspecify.annotations.NullMarked;
