package dev.deputy.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns the text of a CloudFormation template, JSON or YAML, into one tree in which YAML's short
 * function tags ({@code !Sub}) have become their long form ({@code Fn::Sub}).
 *
 * <p>The text comes from a caller, so its size, its depth and YAML's aliases are bounded before a
 * tree is built.
 */
final class TemplateReader {
  /** CloudFormation's own limit of a template that is passed by value, in bytes. */
  static final int MAX_BYTES = 51_200;

  private static final int MAX_DEPTH = 100;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final LoadSettings YAML =
      LoadSettings.builder()
          .setAllowDuplicateKeys(false)
          .setAllowNonScalarKeys(false)
          .setCodePointLimit(MAX_BYTES)
          .setSchema(new CoreSchema())
          .build();
  private static final Map<String, String> SHORT_NAMES =
      Map.of("!Ref", "Ref", "!Condition", "Condition");

  private TemplateReader() {}

  /**
   * Reads a template.
   *
   * @throws TemplateException when the text is too large, is neither JSON nor YAML, uses aliases,
   *     repeats a key or is not an object
   */
  static ObjectNode read(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new TemplateException(
          "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: "
              + "Member must have length less than or equal to "
              + MAX_BYTES);
    }
    JsonNode tree = text.stripLeading().startsWith("{") ? json(text) : yaml(text);
    if (tree instanceof ObjectNode template) {
      return template;
    }
    throw new TemplateException("Template format error: unsupported structure.");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      throw new TemplateException("Template format error: JSON not well-formed. " + where(e));
    }
  }

  private static String where(JacksonException e) {
    var location = e.getLocation();
    return location == null
        ? e.getOriginalMessage()
        : "(line %d, column %d): %s"
            .formatted(location.getLineNr(), location.getColumnNr(), e.getOriginalMessage());
  }

  private static JsonNode yaml(String text) {
    try {
      checkEvents(text);
      return new Compose(YAML)
          .composeString(text)
          .map(TemplateReader::node)
          .orElseThrow(
              () -> new TemplateException("Template format error: the template is empty."));
    } catch (YamlEngineException e) {
      throw new TemplateException("Template format error: YAML not well-formed. " + e.getMessage());
    }
  }

  /** Walks the events first: building nodes recurses, so depth must be known before. */
  private static void checkEvents(String text) {
    int depth = 0;
    for (Event event : new Parse(YAML).parseString(text)) {
      switch (event.getEventId()) {
        case Alias ->
            throw new TemplateException(
                "Template error: YAML aliases are not allowed in CloudFormation templates");
        case MappingStart, SequenceStart -> {
          if (++depth > MAX_DEPTH) {
            throw new TemplateException("Template format error: nested too deeply.");
          }
        }
        case MappingEnd, SequenceEnd -> depth--;
        case Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> {
          // no depth of their own
        }
      }
    }
  }

  private static JsonNode node(Node node) {
    String tag = node.getTag().getValue();
    JsonNode value =
        switch (node) {
          case ScalarNode scalar -> scalar(scalar);
          case SequenceNode sequence -> array(sequence.getValue());
          case MappingNode mapping -> object(mapping.getValue());
          default -> throw new TemplateException("Template format error: unsupported YAML node.");
        };
    return tag.startsWith("!") ? function(tag, value) : value;
  }

  private static ObjectNode function(String tag, JsonNode argument) {
    String name = SHORT_NAMES.getOrDefault(tag, "Fn::" + tag.substring(1));
    return NODES.objectNode().set(name, argument);
  }

  private static ArrayNode array(List<Node> items) {
    ArrayNode array = NODES.arrayNode();
    items.forEach(item -> array.add(node(item)));
    return array;
  }

  private static ObjectNode object(List<NodeTuple> tuples) {
    ObjectNode object = NODES.objectNode();
    for (NodeTuple tuple : tuples) {
      String key = ((ScalarNode) tuple.getKeyNode()).getValue();
      if (object.has(key)) {
        throw new TemplateException("Template format error: duplicate key " + key);
      }
      object.set(key, node(tuple.getValueNode()));
    }
    return object;
  }

  /** Numbers that would not be written back as they stand (0123, 1.0) stay text. */
  private static JsonNode scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.BOOL)) {
      return NODES.booleanNode(Boolean.parseBoolean(text));
    }
    if (tag.equals(Tag.NULL)) {
      return NODES.nullNode();
    }
    if (tag.equals(Tag.INT) && WHOLE.matcher(text).matches()) {
      return NODES.numberNode(Long.parseLong(text));
    }
    return NODES.stringNode(text);
  }
}
