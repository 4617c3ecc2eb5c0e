/** Load generators: each prints figures of this machine, side by side with what they compare to. */
@NullMarked
package dev.deputy.bench;

import org.jspecify.annotations.NullMarked;
