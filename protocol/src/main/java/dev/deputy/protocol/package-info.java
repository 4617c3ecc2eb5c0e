/** Messages between controller and agent (Java 17). */
@NullMarked
package dev.deputy.protocol;

import org.jspecify.annotations.NullMarked;
