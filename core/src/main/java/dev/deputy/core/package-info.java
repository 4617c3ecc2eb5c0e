/**
 * Deputy's vocabulary: ids, records, sealed states and the ports to everything outside. Depends on
 * nothing but the JDK and JSpecify.
 */
@NullMarked
package dev.deputy.core;

import org.jspecify.annotations.NullMarked;
