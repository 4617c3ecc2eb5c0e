package dev.deputy.server;

import dev.deputy.core.Nearest;
import dev.deputy.core.SourceRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  void allow(List<String> known) {
    keys.forEach((name, key) -> {
      if (!known.contains(name)) {
        file.problem(
            key,
            at(name),
            "one of " + String.join(", ", known),
            "the unknown key " + YamlFile.quoted(name),
            Nearest.to(name, known).map(near -> "did you mean " + near + "?").orElse(""));
      }
    });
  }

  /** The keys in file order. */
  Set<String> names() {
    return keys.keySet();
  }

  SourceRef source() {
    Mark mark = node.getStartMark().orElseThrow();
    return new SourceRef(file.name(), mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** Where it lies in the file, such as {@code agents[2].taskDefinition}. */
  String path() {
    return path;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** Notes a problem at a key's value, or at the mapping itself where the key is absent. */
  void problem(String key, String expected, String found, String hint) {
    file.problem(values.getOrDefault(key, node), at(key), expected, found, hint);
  }

  /** Notes that a value, read from this key, was read in another mapping already. */
  <T> void once(String key, T value, Map<T, Integer> lines) {
    Integer other = lines.putIfAbsent(value, source().line());
    if (other != null) {
      String found = YamlFile.quoted(value.toString()) + ", used at line " + other;
      problem(key, "a " + key + " of its own", found, "");
    }
  }

  /** A key that is a name itself. */
  <T> Optional<T> name(String key, Form<T> form) {
    return parsed(keys.getOrDefault(key, node), at(key), key, form);
  }

  /** A string as it stands, where there is one; notes nothing. */
  Optional<String> peek(String key) {
    return values.get(key) instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /** The value of a key that has to be there. */
  <T> Optional<T> required(String key, Form<T> form) {
    return needed(key, form.expected()).flatMap(n -> value(n, at(key), form));
  }

  /** The value of a key; absent: empty. */
  <T> Optional<T> optional(String key, Form<T> form) {
    return node(key).flatMap(n -> value(n, at(key), form));
  }

  Optional<YamlMapping> requiredMapping(String key) {
    return needed(key, "a mapping").flatMap(n -> file.mapping(n, at(key)));
  }

  /** A mapping; absent: empty. */
  Optional<YamlMapping> optionalMapping(String key) {
    return node(key).flatMap(n -> file.mapping(n, at(key)));
  }

  /** A list of mappings; absent: empty. */
  List<YamlMapping> mappings(String key) {
    List<YamlMapping> found = new ArrayList<>();
    List<Node> items = node(key).flatMap(n -> items(n, key, "a list")).orElse(List.of());
    for (int i = 0; i < items.size(); i++) {
      file.mapping(items.get(i), at(key, i)).ifPresent(found::add);
    }
    return found;
  }

  /** The values of a list that has to be there and must not be empty. */
  <T> List<T> requiredList(String key, Form<T> form) {
    return needed(key, "a list of: " + form.expected())
        .map(n -> list(n, key, form))
        .orElse(List.of());
  }

  /** The values of a list that must not be empty; absent: empty. */
  <T> List<T> optionalList(String key, Form<T> form) {
    return node(key).map(n -> list(n, key, form)).orElse(List.of());
  }

  /** How many items the list of a key has, faulty ones included. */
  int size(String key) {
    return values.get(key) instanceof SequenceNode sequence ? sequence.getValue().size() : 0;
  }

  /** A whole number within limits, or what it is where the key is absent. */
  Optional<Integer> integer(String key, int least, int most, int absent) {
    if (!has(key)) {
      return Optional.of(absent);
    }
    String expected = "a whole number from " + least + " to " + most;
    return node(key)
        .flatMap(n -> {
          if (n instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            try {
              int value = Integer.parseInt(scalar.getValue());
              if (value >= least && value <= most) {
                return Optional.of(value);
              }
            } catch (NumberFormatException _) {
              // Not decimal, or out of an int's range: reported below like any other wrong number.
            }
          }
          file.problem(n, at(key), expected, YamlFile.describe(n), "");
          return Optional.empty();
        });
  }

  /** True or false, or what it is where the key is absent. */
  Optional<Boolean> bool(String key, boolean absent) {
    if (!has(key)) {
      return Optional.of(absent);
    }
    return node(key)
        .flatMap(n -> {
          if (n instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return Optional.of(Boolean.parseBoolean(scalar.getValue()));
          }
          file.problem(n, at(key), "true or false", YamlFile.describe(n), "");
          return Optional.empty();
        });
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private String at(String key, int index) {
    return at(key) + "[" + index + "]";
  }

  private Optional<Node> node(String key) {
    return Optional.ofNullable(values.get(key));
  }

  private Optional<Node> needed(String key, String expected) {
    if (!has(key)) {
      file.problem(node, at(key), expected, "no such key", "");
    }
    return node(key);
  }

  private Optional<List<Node>> items(Node n, String key, String expected) {
    if (n instanceof SequenceNode sequence) {
      return Optional.of(sequence.getValue());
    }
    file.problem(n, at(key), expected, YamlFile.describe(n), "");
    return Optional.empty();
  }

  private <T> List<T> list(Node n, String key, Form<T> form) {
    List<T> found = new ArrayList<>();
    items(n, key, "a list of: " + form.expected())
        .ifPresent(items -> {
          if (items.isEmpty()) {
            file.problem(n, at(key), "at least one: " + form.expected(), "an empty list", "");
          }
          for (int i = 0; i < items.size(); i++) {
            value(items.get(i), at(key, i), form).ifPresent(found::add);
          }
        });
    return found;
  }

  /** Numbers and booleans without quotes are no strings. */
  private <T> Optional<T> value(Node n, String where, Form<T> form) {
    if (n instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
      return parsed(n, where, scalar.getValue(), form);
    }
    String hint =
        n instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
            ? "put it in quotes: " + YamlFile.quoted(scalar.getValue())
            : "";
    file.problem(n, where, form.expected(), YamlFile.describe(n), hint);
    return Optional.empty();
  }

  private <T> Optional<T> parsed(Node n, String where, String text, Form<T> form) {
    try {
      return Optional.of(form.parse().apply(text));
    } catch (Form.Rejected e) {
      file.problem(n, where, form.expected(), YamlFile.quoted(text), e.hint());
    } catch (IllegalArgumentException _) {
      file.problem(n, where, form.expected(), YamlFile.quoted(text), "");
    }
    return Optional.empty();
  }
}
