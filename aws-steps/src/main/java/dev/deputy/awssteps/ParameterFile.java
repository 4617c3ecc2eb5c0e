package dev.deputy.awssteps;

import dev.deputy.protocol.Json;
import dev.deputy.protocol.ProtocolException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Parameters or tags in a file: JSON as the AWS CLI has it (a list of objects with {@code
 * ParameterKey} and {@code ParameterValue}, or {@code Key} and {@code Value}), or YAML with a value
 * or a list of values by name.
 */
final class ParameterFile {
  private ParameterFile() {}

  /**
   * Reads it.
   *
   * @param name tells the form by its ending
   */
  static Map<String, String> of(String name, String text) {
    if (name.endsWith(".json")) {
      return json(name, text);
    }
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return yaml(name, text);
    }
    throw new OperationFailed(name + " (expected: a file that ends in .json or .yaml)");
  }

  private static Map<String, String> json(String name, String text) {
    try {
      Object list = Json.object("{\"list\":" + text + "}").get("list");
      Map<String, String> values = new LinkedHashMap<>();
      if (list instanceof List<?> items) {
        for (Object item : items) {
          add(name, item, values);
        }
        return values;
      }
    } catch (ProtocolException e) {
      throw new OperationFailed(name + ": " + e.getMessage());
    }
    throw new OperationFailed(name + " (expected: a list of objects)");
  }

  private static void add(String name, Object item, Map<String, String> values) {
    if (item instanceof Map<?, ?> object) {
      Object key =
          object.containsKey("ParameterKey") ? object.get("ParameterKey") : object.get("Key");
      Object value =
          object.containsKey("ParameterValue") ? object.get("ParameterValue") : object.get("Value");
      if (key != null && value != null) {
        values.put(key.toString(), value.toString());
        return;
      }
    }
    throw new OperationFailed(name + " (expected: ParameterKey and ParameterValue in each object)");
  }

  private static Map<String, String> yaml(String name, String text) {
    try {
      Object root = new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(text);
      if (root instanceof Map<?, ?> map) {
        Map<String, String> values = new LinkedHashMap<>();
        map.forEach((key, value) -> values.put(String.valueOf(key), scalar(value)));
        return values;
      }
    } catch (YamlEngineException e) {
      throw new OperationFailed(name + ": " + e.getMessage());
    }
    throw new OperationFailed(name + " (expected: values by name)");
  }

  private static String scalar(Object value) {
    return value instanceof List<?> items
        ? items.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value);
  }
}
