@NullMarked
package dev.deputy.store;

import org.jspecify.annotations.NullMarked;
