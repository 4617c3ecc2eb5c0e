@NullMarked
package dev.deputy.access;

import org.jspecify.annotations.NullMarked;
