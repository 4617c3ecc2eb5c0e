package dev.deputy.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * What code belongs to.
 *
 * @param value what {@code this} is: a {@link ScriptValue}, an {@link ObjectValue} or, in static
 *     code, a {@link DeclaredClass}
 * @param home the class that the code stands in; absent in a script
 */
record Self(Object value, @Nullable DeclaredClass home) {
  static Self of(ScriptValue script) {
    return new Self(script, null);
  }
}
