package dev.deputy.server;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A YAML file as a tree that knows where everything stands, and what is wrong with it so far. */
final class YamlFile {
  private static final int LARGEST = 1 << 20;
  private static final int LONGEST_SHOWN = 80;

  /** Sections where somebody may have written a secret out: what stands there is never shown. */
  private static final Set<String> SECRETS = Set.of("credentials", "notifications");

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
    try {
      return new YamlFile(name, Files.readString(path, StandardCharsets.UTF_8));
    } catch (CharacterCodingException _) {
      throw new IOException("not UTF-8 text");
    }
  }

  String name() {
    return name;
  }

  /** What is wrong so far, in the order of the file. */
  List<ConfigurationProblem> problems() {
    return problems.stream()
        .sorted(
            Comparator.comparingInt(ConfigurationProblem::line)
                .thenComparingInt(ConfigurationProblem::column))
        .toList();
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
    boolean value = node instanceof ScalarNode scalar && found.contains(quoted(scalar.getValue()));
    boolean mayBeSecret = isSecret(key) && value && !found.startsWith("the unknown key");
    problem(
        mark.getLine() + 1,
        mark.getColumn() + 1,
        key,
        expected,
        mayBeSecret ? "another value" : found,
        hint);
  }

  void problem(int line, int column, String key, String expected, String found, String hint) {
    String excerpt = line <= lines.size() && !isSecret(key) ? lines.get(line - 1) : "";
    problems.add(new ConfigurationProblem(name, line, column, key, expected, found, hint, excerpt));
  }

  private static boolean isSecret(String key) {
    return SECRETS.contains(key.split("[.\\[]", 2)[0]);
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
      case ScalarNode scalar -> quoted(scalar.getValue());
      default -> node.getNodeType().toString();
    };
  }

  /** A string in quotes, shortened where it is long. */
  static String quoted(String text) {
    return text.length() > LONGEST_SHOWN
        ? "\"" + text.substring(0, LONGEST_SHOWN) + "…\""
        : "\"" + text + "\"";
  }

  private Optional<Node> compose(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setAllowDuplicateKeys(true)
            .setAllowNonScalarKeys(true)
            .setMaxAliasesForCollections(10)
            // Not JSON's: in it 000000000000 without quotes would be a string.
            .setSchema(new CoreSchema())
            .build();
    try {
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
      int line = mark == null ? 1 : mark.getLine() + 1;
      int column = mark == null ? 1 : mark.getColumn() + 1;
      String hint = indentedWithTab(line) ? "indent with spaces" : "";
      problem(line, column, "", "valid YAML", String.valueOf(e.getProblem()), hint);
      return Optional.empty();
    } catch (YamlEngineException e) {
      problem(1, 1, "", "valid YAML", String.valueOf(e.getMessage()), "");
      return Optional.empty();
    } catch (StackOverflowError _) {
      problem(1, 1, "", "valid YAML", "thousands of levels of nesting", "");
      return Optional.empty();
    }
  }

  private boolean indentedWithTab(int line) {
    return line <= lines.size() && lines.get(line - 1).matches("\\s*\\t.*");
  }
}
