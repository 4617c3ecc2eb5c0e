package dev.deputy.sandbox;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * CloudFormation writes the members of a service's request with capitals. This turns the request's
 * shape into the properties' one, and properties into a request; the keys of maps are data and
 * stay.
 */
final class ShapeNames {
  private ShapeNames() {}

  /** The same shape for properties of a template; what is required there is said by the caller. */
  static Shape.Structure ofProperties(Shape.Structure request, String... required) {
    List<String> needed = List.of(required);
    List<Shape.Field> fields = new ArrayList<>();
    for (Shape.Field field : request.fields().values()) {
      String name = upper(field.name());
      fields.add(new Shape.Field(name, capitalised(field.shape()), needed.contains(name)));
    }
    return Shape.structure(fields.toArray(Shape.Field[]::new));
  }

  private static Shape capitalised(Shape shape) {
    return switch (shape) {
      case Shape.Text _,
          Shape.Choice _,
          Shape.Whole _,
          Shape.Flag _,
          Shape.Time _,
          Shape.Document _ ->
          shape;
      case Shape.ListOf(Shape element, int min, int max) ->
          new Shape.ListOf(capitalised(element), min, max);
      case Shape.MapOf(Shape value) -> new Shape.MapOf(capitalised(value));
      case Shape.Structure structure ->
          Shape.structure(
              structure.fields().values().stream()
                  .map(field ->
                      new Shape.Field(
                          upper(field.name()), capitalised(field.shape()), field.required()))
                  .toArray(Shape.Field[]::new));
    };
  }

  /** Properties that fit the capitalised shape, as the request that {@code shape} describes. */
  static ObjectNode request(Shape.Structure shape, ObjectNode properties) {
    ObjectNode request = Call.object();
    for (Shape.Field field : shape.fields().values()) {
      JsonNode value = properties.get(upper(field.name()));
      if (value != null) {
        request.set(field.name(), request(field.shape(), value));
      }
    }
    return request;
  }

  private static JsonNode request(Shape shape, JsonNode value) {
    return switch (shape) {
      case Shape.Text _,
          Shape.Choice _,
          Shape.Whole _,
          Shape.Flag _,
          Shape.Time _,
          Shape.Document _ ->
          value;
      case Shape.ListOf list -> {
        ArrayNode items = Call.object().arrayNode();
        value.forEach(item -> items.add(request(list.element(), item)));
        yield items;
      }
      case Shape.MapOf map -> {
        ObjectNode entries = Call.object();
        value
            .properties()
            .forEach(e -> entries.set(e.getKey(), request(map.value(), e.getValue())));
        yield entries;
      }
      case Shape.Structure structure -> request(structure, (ObjectNode) value);
    };
  }

  private static String upper(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
