package dev.deputy.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML file as a tree that knows where everything stands, and what is wrong with it so far. */
final class YamlFile {
  private static final int LARGEST = 1 << 20;

  private final String name;
  private final List<String> lines;
  private final List<ConfigurationProblem> problems = new ArrayList<>();
  private final Optional<Node> root;

  private YamlFile(String name, String text) {
    this.name = name;
    this.lines = text.lines().toList();
    this.root = compose(text);
  }

  /**
   * @param name as the user would name it
   * @throws IOException when it can not be read
   */
  static YamlFile read(String name, Path path) throws IOException {
    if (Files.size(path) > LARGEST) {
      throw new IOException("larger than 1 MiB");
    }
    return new YamlFile(name, Files.readString(path, StandardCharsets.UTF_8));
  }

  String name() {
    return name;
  }

  List<ConfigurationProblem> problems() {
    return problems;
  }

  /** The document; empty, with a problem noted, where it is no YAML mapping. */
  Optional<YamlMapping> mapping() {
    if (root.isEmpty()) {
      if (problems.isEmpty()) {
        problem(
            1,
            1,
            "",
            "a mapping with accounts, cloud, agents, jobs and grants",
            "an empty file",
            "");
      }
      return Optional.empty();
    }
    return mapping(root.get(), "");
  }

  Optional<YamlMapping> mapping(Node node, String key) {
    if (node instanceof MappingNode mapping) {
      return Optional.of(new YamlMapping(this, mapping, key));
    }
    problem(node, key, "a mapping", describe(node), "");
    return Optional.empty();
  }

  void problem(Node node, String key, String expected, String found, String hint) {
    Mark mark = node.getStartMark().orElseThrow();
    problem(mark.getLine() + 1, mark.getColumn() + 1, key, expected, found, hint);
  }

  void problem(int line, int column, String key, String expected, String found, String hint) {
    String excerpt = line <= lines.size() ? lines.get(line - 1) : "";
    problems.add(new ConfigurationProblem(name, line, column, key, expected, found, hint, excerpt));
  }

  /** What stands there, in words. */
  static String describe(Node node) {
    return switch (node) {
      case MappingNode _ -> "a mapping";
      case SequenceNode _ -> "a list";
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
      case ScalarNode scalar when scalar.getTag().equals(Tag.INT) ->
          "the number " + scalar.getValue();
      case ScalarNode scalar when scalar.getTag().equals(Tag.FLOAT) ->
          "the number " + scalar.getValue();
      case ScalarNode scalar when scalar.getTag().equals(Tag.BOOL) -> scalar.getValue();
      case ScalarNode scalar -> "\"" + scalar.getValue() + "\"";
      default -> node.getNodeType().toString();
    };
  }

  private Optional<Node> compose(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setAllowDuplicateKeys(true)
            .setMaxAliasesForCollections(10)
            .build();
    try {
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
      int line = mark == null ? 1 : mark.getLine() + 1;
      int column = mark == null ? 1 : mark.getColumn() + 1;
      problem(line, column, "", "valid YAML", String.valueOf(e.getProblem()), "");
      return Optional.empty();
    } catch (YamlEngineException e) {
      problem(1, 1, "", "valid YAML", String.valueOf(e.getMessage()), "");
      return Optional.empty();
    }
  }
}
