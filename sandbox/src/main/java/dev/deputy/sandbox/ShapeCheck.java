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
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds one request against the shape that its action declares. Not thread-safe; used for one
 * request.
 */
final class ShapeCheck {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Api api;
  private final List<String> violations = new ArrayList<>();

  private ShapeCheck(Api api) {
    this.api = api;
  }

  /**
   * A typed copy of the parameters.
   *
   * @throws AwsException naming everything that is missing or out of bounds, or the first parameter
   *     that is unknown or of another type
   */
  static ObjectNode normalise(Api api, Structure shape, ObjectNode parameters) {
    var check = new ShapeCheck(api);
    ObjectNode normal = check.structure(shape, parameters, "");
    if (check.violations.isEmpty()) {
      return normal;
    }
    int count = check.violations.size();
    throw api.invalid(
        "%d validation error%s detected: %s"
            .formatted(count, count == 1 ? "" : "s", String.join("; ", check.violations)));
  }

  private JsonNode value(Shape shape, JsonNode value, String path) {
    return switch (shape) {
      case Text text -> text(text, value, path);
      case Choice choice -> choice(choice, value, path);
      case Whole whole -> whole(whole, value, path);
      case Flag _ -> flag(value, path);
      case Time _ -> time(value, path);
      case ListOf list -> list(list, value, path);
      case MapOf map -> map(map, value, path);
      case Structure structure -> structure(structure, value, path);
      case Document _ -> value;
    };
  }

  private JsonNode text(Text shape, JsonNode value, String path) {
    String text = string(value, path);
    String shown = shape.secret() ? "***" : text;
    int length = text.codePointCount(0, text.length());
    if (length < shape.min()) {
      violate(shown, path, "Member must have length greater than or equal to " + shape.min());
    } else if (length > shape.max()) {
      violate(shown, path, "Member must have length less than or equal to " + shape.max());
    }
    if (shape.pattern() != null && !shape.pattern().matcher(text).matches()) {
      violate(shown, path, "Member must satisfy regular expression pattern: " + shape.pattern());
    }
    return value;
  }

  private JsonNode choice(Choice shape, JsonNode value, String path) {
    String text = string(value, path);
    if (!shape.values().contains(text)) {
      violate(text, path, "Member must satisfy enum value set: " + shape.values());
    }
    return value;
  }

  private JsonNode whole(Whole shape, JsonNode value, String path) {
    long number;
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      number = value.longValue();
    } else if (isForm() && value.isString() && value.stringValue().matches("[+-]?\\d{1,18}")) {
      number = Long.parseLong(value.stringValue());
    } else {
      throw wrongType(path, "an integer");
    }
    if (number < shape.min()) {
      violate(number, path, "Member must have value greater than or equal to " + shape.min());
    } else if (number > shape.max()) {
      violate(number, path, "Member must have value less than or equal to " + shape.max());
    }
    return JSON.numberNode(number);
  }

  private JsonNode flag(JsonNode value, String path) {
    if (value.isBoolean()) {
      return value;
    }
    if (isForm() && value.isString() && value.stringValue().matches("true|false")) {
      return JSON.booleanNode(value.stringValue().equals("true"));
    }
    throw wrongType(path, "true or false");
  }

  private JsonNode time(JsonNode value, String path) {
    if (value.isNumber()) {
      return value;
    }
    if (value.isString()) {
      try {
        return JSON.numberNode(Instant.parse(value.stringValue()).toEpochMilli() / 1000.0);
      } catch (DateTimeParseException _) {
        throw wrongType(path, "a time");
      }
    }
    throw wrongType(path, "a time");
  }

  private JsonNode list(ListOf shape, JsonNode value, String path) {
    if (!value.isArray()) {
      if (isForm() && value.isString() && value.stringValue().isEmpty()) {
        return JSON.arrayNode();
      }
      throw wrongType(path, "a list");
    }
    if (value.size() < shape.min()) {
      violate(
          value.size() + " members",
          path,
          "Member must have length greater than or equal to " + shape.min());
    } else if (value.size() > shape.max()) {
      violate(
          value.size() + " members",
          path,
          "Member must have length less than or equal to " + shape.max());
    }
    ArrayNode result = JSON.arrayNode();
    for (int i = 0; i < value.size(); i++) {
      result.add(value(shape.element(), value.get(i), path + "." + (i + 1) + ".member"));
    }
    return result;
  }

  private JsonNode map(MapOf shape, JsonNode value, String path) {
    if (!value.isObject()) {
      throw wrongType(path, "an object");
    }
    ObjectNode result = JSON.objectNode();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      result.set(
          entry.getKey(), value(shape.value(), entry.getValue(), path + "." + entry.getKey()));
    }
    return result;
  }

  private ObjectNode structure(Structure shape, JsonNode value, String path) {
    if (!value.isObject()) {
      throw wrongType(path, "an object");
    }
    ObjectNode result = JSON.objectNode();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      Field field = shape.fields().get(entry.getKey());
      if (field == null) {
        throw api.invalid(
            "The parameter '%s' is not supported.".formatted(join(path, entry.getKey())));
      }
      if (!entry.getValue().isNull()) {
        result.set(
            field.name(), value(field.shape(), entry.getValue(), join(path, lower(field.name()))));
      }
    }
    for (Field field : shape.fields().values()) {
      if (field.required() && !result.has(field.name())) {
        violations.add(
            "Value null at '%s' failed to satisfy constraint: Member must not be null"
                .formatted(join(path, lower(field.name()))));
      }
    }
    return result;
  }

  private String string(JsonNode value, String path) {
    if (!value.isString()) {
      throw wrongType(path, "a string");
    }
    return value.stringValue();
  }

  private boolean isForm() {
    return api.protocol() == Protocol.QUERY;
  }

  private void violate(Object value, String path, String constraint) {
    violations.add(
        "Value '%s' at '%s' failed to satisfy constraint: %s".formatted(value, path, constraint));
  }

  private AwsException wrongType(String path, String expected) {
    String code = isForm() ? "MalformedInput" : "SerializationException";
    String name = path.isEmpty() ? "The request" : "The parameter '" + path + "'";
    return AwsException.of(code, name + " is not " + expected + ".");
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  static String lower(String name) {
    return name.isEmpty() ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
