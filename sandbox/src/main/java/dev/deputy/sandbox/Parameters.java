package dev.deputy.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads request parameters that were held against their shape before, so types are right and needed
 * members are there. Asking for an absent member as if it were needed is a fault of the sandbox.
 */
record Parameters(ObjectNode node) {
  boolean has(String name) {
    return node.has(name);
  }

  /** A needed string. */
  String text(String name) {
    return present(name).asString();
  }

  Optional<String> optionalText(String name) {
    return optional(name).map(JsonNode::asString);
  }

  String text(String name, String absent) {
    return optionalText(name).orElse(absent);
  }

  long whole(String name, long absent) {
    return optional(name).map(JsonNode::asLong).orElse(absent);
  }

  int whole(String name, int absent) {
    return optional(name).map(JsonNode::asInt).orElse(absent);
  }

  boolean flag(String name, boolean absent) {
    return optional(name).map(JsonNode::asBoolean).orElse(absent);
  }

  Optional<Instant> time(String name) {
    return optional(name).map(value -> Instant.ofEpochMilli(Math.round(value.asDouble() * 1000)));
  }

  /** The strings of a list; empty when it is absent. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    optional(name).ifPresent(list -> list.forEach(item -> texts.add(item.asString())));
    return texts;
  }

  /** The structures of a list; empty when it is absent. */
  List<Parameters> list(String name) {
    List<Parameters> items = new ArrayList<>();
    optional(name)
        .ifPresent(list -> list.forEach(item -> items.add(new Parameters((ObjectNode) item))));
    return items;
  }

  Optional<Parameters> structure(String name) {
    return optional(name).map(value -> new Parameters((ObjectNode) value));
  }

  /** A map of strings; empty when it is absent. */
  Map<String, String> map(String name) {
    Map<String, String> map = new LinkedHashMap<>();
    optional(name)
        .ifPresent(value ->
            value
                .properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asString())));
    return map;
  }

  private Optional<JsonNode> optional(String name) {
    return Optional.ofNullable(node.get(name));
  }

  private JsonNode present(String name) {
    return optional(name)
        .orElseThrow(() -> new IllegalStateException(name + ": absent (declare it as needed)"));
  }
}
