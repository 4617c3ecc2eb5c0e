package dev.deputy.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the parameters of the Query protocol: {@code Tags.member.1.Key=team} becomes a list of
 * structures.
 */
final class QueryForm {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MAX_DEPTH = 12;

  private QueryForm() {}

  /**
   * The form as a tree whose leaves are strings.
   *
   * @throws AwsException when a parameter comes twice, or is both a value and a structure, or is
   *     not encoded as a form
   */
  static ObjectNode parse(String form) {
    Map<String, Object> root = new LinkedHashMap<>();
    for (String part : form.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = decode(equals < 0 ? part : part.substring(0, equals));
        String value = equals < 0 ? "" : decode(part.substring(equals + 1));
        put(root, name, value);
      }
    }
    ObjectNode result = JSON.objectNode();
    root.forEach((name, value) -> result.set(name, node(value)));
    return result;
  }

  private static void put(Map<String, Object> root, String name, String value) {
    String[] path = name.split("\\.", -1);
    if (path.length > MAX_DEPTH) {
      throw malformed("The parameter " + name + " is nested too deeply.");
    }
    Map<String, Object> at = root;
    for (int i = 0; i < path.length - 1; i++) {
      Object next = at.computeIfAbsent(path[i], _ -> new LinkedHashMap<String, Object>());
      at = branch(next, name);
    }
    if (at.put(path[path.length - 1], value) != null) {
      throw malformed("The parameter " + name + " is given more than once.");
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> branch(Object value, String name) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw malformed("The parameter " + name + " is both a value and a structure.");
  }

  private static JsonNode node(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return JSON.stringNode((String) value);
    }
    if (map.size() == 1 && map.get("member") instanceof Map<?, ?> members) {
      return list(members);
    }
    ObjectNode result = JSON.objectNode();
    map.forEach((name, item) -> result.set((String) name, node(item)));
    return result;
  }

  private static ArrayNode list(Map<?, ?> members) {
    Map<Integer, Object> sorted = new TreeMap<>();
    members.forEach((index, item) -> {
      if (!((String) index).matches("[1-9]\\d{0,5}")) {
        throw malformed("The list index " + index + " is not a number.");
      }
      sorted.put(Integer.valueOf((String) index), item);
    });
    ArrayNode result = JSON.arrayNode();
    sorted.values().forEach(item -> result.add(node(item)));
    return result;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw malformed("The parameters are not encoded as a form.");
    }
  }

  private static AwsException malformed(String message) {
    return AwsException.of("MalformedQueryString", message);
  }
}
