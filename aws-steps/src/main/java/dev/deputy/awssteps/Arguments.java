package dev.deputy.awssteps;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a pipeline passed to a step: its values by their names, none of them null. */
record Arguments(Map<String, Object> values) {
  Arguments {
    values = Map.copyOf(values);
  }

  /** A text that has to be there. */
  String required(String name) {
    return text(name)
        .orElseThrow(() -> new OperationFailed(name + " is missing or empty (expected: a text)"));
  }

  /** A text; empty where it is not there or has no characters. */
  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(Object::toString).filter(t -> !t.isEmpty());
  }

  boolean flag(String name, boolean absent) {
    return text(name).map(Boolean::parseBoolean).orElse(absent);
  }

  Optional<Long> number(String name) {
    return text(name)
        .map(text -> {
          try {
            return Long.parseLong(text);
          } catch (NumberFormatException e) {
            throw new OperationFailed(name + ": \"" + text + "\" (expected: a whole number)");
          }
        });
  }

  /** The texts of a list; a lone text is a list of one. */
  List<String> list(String name) {
    Object value = values.get(name);
    if (value instanceof List<?> items) {
      return items.stream().map(Object::toString).toList();
    }
    return value == null || value.toString().isEmpty() ? List.of() : List.of(value.toString());
  }

  /** A map, or a list of {@code NAME=value}, as pairs in their order. */
  Map<String, String> pairs(String name) {
    Map<String, String> pairs = new LinkedHashMap<>();
    if (values.get(name) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> pairs.put(key.toString(), value.toString()));
      return pairs;
    }
    for (String item : list(name)) {
      int equals = item.indexOf('=');
      if (equals < 1) {
        throw new OperationFailed(name + ": \"" + item + "\" (expected: NAME=value)");
      }
      pairs.put(item.substring(0, equals), item.substring(equals + 1));
    }
    return pairs;
  }
}
