@NullMarked
package dev.deputy.testkit;

import org.jspecify.annotations.NullMarked;
