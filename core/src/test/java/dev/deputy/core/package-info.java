@NullMarked
package dev.deputy.core;

import org.jspecify.annotations.NullMarked;
