package dev.deputy.sandbox;

import dev.deputy.sandbox.Shape.Choice;
import dev.deputy.sandbox.Shape.Document;
import dev.deputy.sandbox.Shape.Field;
import dev.deputy.sandbox.Shape.Flag;
import dev.deputy.sandbox.Shape.ListOf;
import dev.deputy.sandbox.Shape.MapOf;
import dev.deputy.sandbox.Shape.Structure;
import dev.deputy.sandbox.Shape.Text;
import dev.deputy.sandbox.Shape.Time;
import dev.deputy.sandbox.Shape.Whole;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Copies requests and answers for CloudTrail: without secrets, member names in CloudTrail's case.
 * Pure.
 */
final class Redaction {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonNode HIDDEN = JSON.stringNode("HIDDEN_DUE_TO_SECURITY_REASONS");

  /** Members of answers that hold secrets, or may. */
  private static final Set<String> SECRET =
      Set.of("secretAccessKey", "sessionToken", "environment", "value", "parameterValue");

  /** Lists of key and value that are tags, whose values are not secret. */
  private static final Set<String> TAGS = Set.of("tags");

  private Redaction() {}

  /** Request parameters that fit their shape. */
  static JsonNode request(Shape shape, JsonNode value) {
    return switch (shape) {
      case Text(_, _, _, boolean secret) -> secret ? HIDDEN : value;
      case Choice _, Whole _, Flag _, Time _, Document _ -> value;
      case ListOf(Shape element, _, _) -> {
        ArrayNode list = JSON.arrayNode();
        value.forEach(item -> list.add(request(element, item)));
        yield list;
      }
      case MapOf(Shape element) -> {
        ObjectNode map = JSON.objectNode();
        value
            .properties()
            .forEach(entry -> map.set(entry.getKey(), request(element, entry.getValue())));
        yield map;
      }
      case Structure(Map<String, Field> fields) -> {
        ObjectNode structure = JSON.objectNode();
        fields
            .values()
            .forEach(field -> {
              JsonNode member = value.get(field.name());
              if (member != null) {
                structure.set(ShapeCheck.lower(field.name()), request(field.shape(), member));
              }
            });
        yield structure;
      }
    };
  }

  /** An answer, whose secrets are known by the names of its members. */
  static JsonNode answer(JsonNode value) {
    if (value.isArray()) {
      ArrayNode list = JSON.arrayNode();
      value.forEach(item -> list.add(answer(item)));
      return list;
    }
    if (!value.isObject()) {
      return value;
    }
    ObjectNode object = JSON.objectNode();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String name = ShapeCheck.lower(entry.getKey());
      if (TAGS.contains(name)) {
        object.set(name, entry.getValue());
      } else {
        object.set(name, SECRET.contains(name) ? HIDDEN : answer(entry.getValue()));
      }
    }
    return object;
  }
}
