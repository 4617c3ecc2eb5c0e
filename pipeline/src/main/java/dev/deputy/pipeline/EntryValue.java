package dev.deputy.pipeline;

import org.jspecify.annotations.Nullable;

/** One entry of a map, as {@code each} and {@code find} give it; a copy. */
record EntryValue(@Nullable Object key, @Nullable Object value) {}
