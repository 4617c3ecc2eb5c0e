package dev.deputy.pipeline;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** A list that a step read as JSON, as {@link JsonObject} is for maps. Not thread-safe. */
public final class JsonArray extends ArrayList<@Nullable Object> {
  private static final long serialVersionUID = 1L;
}
