package dev.deputy.cli;

import dev.deputy.aws.StackChange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The smallest part of a property that differs.
 *
 * @param path of names and indices, from the resource on
 */
record PropertyDifference(String path, Optional<String> before, Optional<String> after) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST = 120;

  /** What CloudFormation says of a value that comes about only by the change. */
  private static final String UNKNOWN = "{{changeSet:KNOWN_AFTER_APPLY}}";

  /** The differences of a property; itself where it is not JSON on both sides. */
  static List<PropertyDifference> of(StackChange.Property property) {
    Optional<JsonNode> before = property.before().flatMap(PropertyDifference::container);
    Optional<JsonNode> after = property.after().flatMap(PropertyDifference::container);
    List<PropertyDifference> found = new ArrayList<>();
    if (before.isPresent() && after.isPresent()) {
      compare(property.name(), before.get(), after.get(), found);
    } else {
      found.add(new PropertyDifference(property.name(), property.before(), property.after()));
    }
    return found;
  }

  /** The line that people see; values that are too long for one are cut. */
  String text(Style style) {
    if (before.isEmpty() && after.isEmpty()) {
      return path;
    }
    return path
        + ": "
        + style.red(before.map(PropertyDifference::cut).orElse("none"))
        + style.symbol(" → ", " -> ")
        + style.green(after.map(PropertyDifference::cut).orElse("none"));
  }

  private static void compare(
      String path, JsonNode before, JsonNode after, List<PropertyDifference> found) {
    if (before.equals(after)) {
      return;
    }
    if (before.isObject() && after.isObject()) {
      Set<String> names = new LinkedHashSet<>(before.propertyNames());
      names.addAll(after.propertyNames());
      names.forEach(name -> compare(path + "/" + name, before.path(name), after.path(name), found));
    } else if (before.isArray() && after.isArray()) {
      for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
        compare(path + "/" + i, before.path(i), after.path(i), found);
      }
    } else {
      found.add(new PropertyDifference(path, text(before), text(after)));
    }
  }

  private static Optional<JsonNode> container(String text) {
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(text)).filter(JsonNode::isContainer);
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonNode value) {
    return value.isMissingNode()
        ? Optional.empty()
        : Optional.of(value.isString() ? value.stringValue() : value.toString());
  }

  private static String cut(String written) {
    String value = written.replace(UNKNOWN, "(known afterwards)");
    return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
  }
}
