package dev.deputy.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The map that {@code name: value} arguments of a call become; its first argument. */
final class NamedArguments extends LinkedHashMap<@Nullable Object, @Nullable Object> {
  private static final long serialVersionUID = 1;

  NamedArguments(Map<@Nullable Object, @Nullable Object> entries) {
    super(entries);
  }
}
