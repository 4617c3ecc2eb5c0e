@NullMarked
package dev.deputy.fleet;

import org.jspecify.annotations.NullMarked;
