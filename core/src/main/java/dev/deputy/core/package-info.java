/** Deputy's vocabulary: ids, records, sealed states, ports. Pure. */
@NullMarked
package dev.deputy.core;

import org.jspecify.annotations.NullMarked;
