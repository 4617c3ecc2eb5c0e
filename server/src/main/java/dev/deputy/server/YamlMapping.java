package dev.deputy.server;

import dev.deputy.core.SourceRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of a configuration file. Every reader notes what is wrong in the file's list of
 * problems and then answers empty, so that one reading finds everything.
 */
final class YamlMapping {
  private final YamlFile file;
  private final MappingNode node;
  private final String path;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();

  YamlMapping(YamlFile file, MappingNode node, String path) {
    this.file = file;
    this.node = node;
    this.path = path;
    for (NodeTuple entry : node.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        file.problem(
            entry.getKeyNode(), path, "a plain key", YamlFile.describe(entry.getKeyNode()), "");
      } else if (values.putIfAbsent(key.getValue(), entry.getValueNode()) != null) {
        file.problem(key, at(key.getValue()), "each key once", "the key a second time", "");
      } else {
        keys.put(key.getValue(), key);
      }
    }
  }

  /** Notes every key that is not among these. */
  void allow(String... known) {
    Set<String> names = Set.of(known);
    keys.forEach((name, key) -> {
      if (!names.contains(name)) {
        String nearest = Nearest.to(name, names).map(n -> "did you mean \"" + n + "\"?").orElse("");
        file.problem(
            key,
            at(name),
            "one of " + String.join(", ", known),
            "the unknown key \"" + name + "\"",
            nearest);
      }
    });
  }

  Set<String> names() {
    return values.keySet();
  }

  SourceRef source() {
    Mark mark = node.getStartMark().orElseThrow();
    return new SourceRef(file.name(), mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** Where a key's value stands, or the mapping itself where the key is absent. */
  Node place(String key) {
    return values.getOrDefault(key, node);
  }

  String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  void problem(String key, String expected, String found, String hint) {
    file.problem(place(key), at(key), expected, found, hint);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Optional<YamlMapping> mapping(String key, boolean required) {
    return node(key, required, "a mapping").flatMap(n -> file.mapping(n, at(key)));
  }

  /** A list of mappings; an absent list is empty. */
  List<YamlMapping> mappings(String key) {
    List<YamlMapping> found = new ArrayList<>();
    List<Node> items = items(key, "a list");
    for (int i = 0; i < items.size(); i++) {
      file.mapping(items.get(i), at(key) + "[" + i + "]").ifPresent(found::add);
    }
    return found;
  }

  /** A string as it stands; numbers and booleans without quotes are refused. */
  Optional<String> string(String key, boolean required, String expected) {
    return node(key, required, expected).flatMap(n -> string(n, at(key), expected));
  }

  /**
   * A string turned into a value; what {@code parse} says with an IllegalArgumentException is
   * noted.
   */
  <T> Optional<T> value(String key, boolean required, String expected, Function<String, T> parse) {
    return string(key, required, expected)
        .flatMap(text -> parsed(place(key), at(key), expected, text, parse));
  }

  /** A list of strings turned into values; absent: empty. */
  <T> List<T> values(String key, boolean required, String expected, Function<String, T> parse) {
    if (!has(key)) {
      node(key, required, "a list of: " + expected);
      return List.of();
    }
    List<T> found = new ArrayList<>();
    List<Node> items = items(key, "a list of: " + expected);
    if (items.isEmpty()) {
      file.problem(place(key), at(key), "at least one: " + expected, "an empty list", "");
    }
    for (int i = 0; i < items.size(); i++) {
      Node item = items.get(i);
      String where = at(key) + "[" + i + "]";
      string(item, where, expected)
          .flatMap(text -> parsed(item, where, expected, text, parse))
          .ifPresent(found::add);
    }
    return found;
  }

  Optional<Integer> integer(String key, int least, int most) {
    String expected = "a whole number from " + least + " to " + most;
    return node(key, false, expected)
        .flatMap(n -> {
          if (n instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            try {
              int value = Integer.parseInt(scalar.getValue());
              if (value >= least && value <= most) {
                return Optional.of(value);
              }
            } catch (NumberFormatException _) {
              // Out of an int's range: reported below like any other wrong number.
            }
          }
          file.problem(n, at(key), expected, YamlFile.describe(n), "");
          return Optional.empty();
        });
  }

  Optional<Boolean> bool(String key) {
    String expected = "true or false";
    return node(key, false, expected)
        .flatMap(n -> {
          if (n instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return Optional.of(Boolean.parseBoolean(scalar.getValue()));
          }
          file.problem(n, at(key), expected, YamlFile.describe(n), "");
          return Optional.empty();
        });
  }

  private Optional<Node> node(String key, boolean required, String expected) {
    Node found = values.get(key);
    if (found == null && required) {
      file.problem(node, at(key), expected, "no such key", "");
    }
    return Optional.ofNullable(found);
  }

  private List<Node> items(String key, String expected) {
    Node found = values.get(key);
    if (found == null) {
      return List.of();
    }
    if (found instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    file.problem(found, at(key), expected, YamlFile.describe(found), "");
    return List.of();
  }

  private Optional<String> string(Node n, String where, String expected) {
    if (n instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
      return Optional.of(scalar.getValue());
    }
    boolean plainScalar = n instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL);
    String hint = plainScalar ? "put it in quotes: \"" + ((ScalarNode) n).getValue() + "\"" : "";
    file.problem(n, where, expected, YamlFile.describe(n), hint);
    return Optional.empty();
  }

  private <T> Optional<T> parsed(
      Node n, String where, String expected, String text, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (Rejected e) {
      file.problem(n, where, expected, "\"" + text + "\"", e.hint);
    } catch (IllegalArgumentException _) {
      file.problem(n, where, expected, "\"" + text + "\"", "");
    }
    return Optional.empty();
  }

  /** Thrown by a {@code parse} that has advice to give. */
  static final class Rejected extends IllegalArgumentException {
    private final String hint;

    Rejected(String hint) {
      super(hint);
      this.hint = hint;
    }
  }
}
