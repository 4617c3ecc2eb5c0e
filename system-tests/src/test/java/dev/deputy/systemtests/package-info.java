/** The whole system under test, and the rules that hold for all of its code. */
@NullMarked
package dev.deputy.systemtests;

import org.jspecify.annotations.NullMarked;
