package dev.deputy.sandbox;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds values of a template against a {@link Shape}. Like CloudFormation, and unlike a request, it
 * takes numbers and truth values written as text, and text written as a number.
 *
 * @param message what the message of a refusal begins with
 * @param expressions whether values may still be calls of functions, which fit everything
 */
record TemplateFit(String message, boolean expressions) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Fits values that have been evaluated, or that may not be expressions. */
  static TemplateFit data(String message) {
    return new TemplateFit(message, false);
  }

  /** Fits what a template says before it is evaluated: names are checked, calls are let through. */
  static TemplateFit expressions(String message) {
    return new TemplateFit(message, true);
  }

  /**
   * A typed copy of an object.
   *
   * @throws TemplateException naming the first thing that does not fit
   */
  ObjectNode object(Shape.Structure shape, JsonNode value) {
    return structure(shape, value, "#");
  }

  private JsonNode value(Shape shape, JsonNode value, String path) {
    Optional<TemplateFunction.Call> call = call(value);
    if (call.isPresent()) {
      if (call.get().function() == TemplateFunction.IF) {
        JsonNode branches = call.get().argument();
        value(shape, branches.path(1), path);
        value(shape, branches.path(2), path);
      }
      return value;
    }
    return switch (shape) {
      case Shape.Text text -> text(text, value, path);
      case Shape.Choice choice -> choice(choice, value, path);
      case Shape.Whole whole -> whole(whole, value, path);
      case Shape.Flag _ -> flag(value, path);
      case Shape.Time _ -> throw refused(path, "times are not supported");
      case Shape.Document _ -> document(value, path);
      case Shape.ListOf list -> list(list, value, path);
      case Shape.MapOf map -> map(map, value, path);
      case Shape.Structure structure -> structure(structure, value, path);
    };
  }

  private Optional<TemplateFunction.Call> call(JsonNode value) {
    return expressions && value instanceof ObjectNode object
        ? TemplateFunction.call(object)
        : Optional.empty();
  }

  private JsonNode text(Shape.Text shape, JsonNode value, String path) {
    String text = scalar(value, path, "String");
    int length = text.codePointCount(0, text.length());
    if (length < shape.min()) {
      throw refused(path, "expected minLength: %d, actual: %d".formatted(shape.min(), length));
    }
    if (length > shape.max()) {
      throw refused(path, "expected maxLength: %d, actual: %d".formatted(shape.max(), length));
    }
    if (shape.pattern() != null && !shape.pattern().matcher(text).matches()) {
      throw refused(path, "failed validation constraint for keyword [pattern]");
    }
    return JSON.stringNode(text);
  }

  private JsonNode choice(Shape.Choice shape, JsonNode value, String path) {
    String text = scalar(value, path, "String");
    if (!shape.values().contains(text)) {
      throw refused(path, text + " is not a valid enum value, expected one of " + shape.values());
    }
    return JSON.stringNode(text);
  }

  private JsonNode whole(Shape.Whole shape, JsonNode value, String path) {
    String text = scalar(value, path, "Number");
    if (!text.matches("-?[0-9]{1,18}")) {
      throw refused(path, "expected type: Number, found: String");
    }
    long number = Long.parseLong(text);
    if (number < shape.min() || number > shape.max()) {
      throw refused(
          path, "%d is not between %d and %d".formatted(number, shape.min(), shape.max()));
    }
    return JSON.numberNode(number);
  }

  private JsonNode flag(JsonNode value, String path) {
    return switch (scalar(value, path, "Boolean")) {
      case "true" -> JSON.booleanNode(true);
      case "false" -> JSON.booleanNode(false);
      default -> throw refused(path, "expected type: Boolean, found: String");
    };
  }

  private JsonNode document(JsonNode value, String path) {
    if (value.isObject() || value.isString()) {
      return value;
    }
    throw mismatch(path, "JSONObject", value);
  }

  private JsonNode list(Shape.ListOf shape, JsonNode value, String path) {
    if (!value.isArray()) {
      throw mismatch(path, "JSONArray", value);
    }
    if (value.size() < shape.min() || value.size() > shape.max()) {
      throw refused(
          path,
          "%d items are not between %d and %d".formatted(value.size(), shape.min(), shape.max()));
    }
    ArrayNode fitted = JSON.arrayNode();
    for (int i = 0; i < value.size(); i++) {
      fitted.add(value(shape.element(), value.get(i), path + "/" + i));
    }
    return fitted;
  }

  private JsonNode map(Shape.MapOf shape, JsonNode value, String path) {
    ObjectNode fitted = JSON.objectNode();
    asObject(value, path)
        .forEachEntry((key, item) -> fitted.set(key, value(shape.value(), item, path + "/" + key)));
    return fitted;
  }

  private ObjectNode structure(Shape.Structure shape, JsonNode value, String path) {
    ObjectNode fitted = JSON.objectNode();
    asObject(value, path)
        .forEachEntry((name, item) -> {
          Shape.Field field = shape.fields().get(name);
          if (field == null) {
            throw refused(path, "extraneous key [" + name + "] is not permitted");
          }
          fitted.set(name, value(field.shape(), item, path + "/" + name));
        });
    for (Shape.Field field : shape.fields().values()) {
      if (field.required() && !fitted.has(field.name())) {
        throw refused(path, "required key [" + field.name() + "] not found");
      }
    }
    return fitted;
  }

  private ObjectNode asObject(JsonNode value, String path) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw mismatch(path, "JSONObject", value);
  }

  private String scalar(JsonNode value, String path, String expected) {
    if (!value.isValueNode() || value.isNull()) {
      throw mismatch(path, expected, value);
    }
    return value.asString();
  }

  private TemplateException mismatch(String path, String expected, JsonNode value) {
    String found =
        switch (value.getNodeType()) {
          case ARRAY -> "JSONArray";
          case OBJECT, POJO -> "JSONObject";
          case NULL, MISSING -> "Null";
          case BOOLEAN -> "Boolean";
          case NUMBER -> "Number";
          case STRING, BINARY -> "String";
        };
    return refused(path, "expected type: " + expected + ", found: " + found);
  }

  private TemplateException refused(String path, String what) {
    return new TemplateException(message + path + ": " + what);
  }
}
