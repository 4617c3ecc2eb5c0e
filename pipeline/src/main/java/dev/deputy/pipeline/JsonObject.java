package dev.deputy.pipeline;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A map that a step read as JSON. Pipeline code has it as any other map; as a text it is JSON
 * again, as Jenkins' {@code JSONObject} is. Not thread-safe.
 */
public final class JsonObject extends LinkedHashMap<Object, @Nullable Object> {
  private static final long serialVersionUID = 1L;
}
