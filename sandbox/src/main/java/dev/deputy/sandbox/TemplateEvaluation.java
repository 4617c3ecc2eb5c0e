package dev.deputy.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Evaluates the expressions of one template. Conditions are evaluated once, when they are first
 * asked for. Not for use by several threads.
 */
final class TemplateEvaluation {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String NO_VALUE = "AWS::NoValue";

  /** What lies outside of the template. */
  interface Surroundings {
    /** The value of {@code Ref} of a resource; empty when this stack does not have it. */
    Optional<String> reference(String logicalId);

    /** The value of an attribute of a resource; empty when it has none of that name. */
    Optional<String> attribute(TemplateAttribute attribute);

    /** The value that another stack exports under this name. */
    Optional<String> exported(String name);
  }

  private final Template template;
  private final Map<String, JsonNode> parameters;
  private final Surroundings surroundings;
  private final Map<String, Boolean> conditions = new HashMap<>();

  /**
   * @param parameters the values of parameters and pseudo parameters
   */
  TemplateEvaluation(
      Template template, Map<String, JsonNode> parameters, Surroundings surroundings) {
    this.template = template;
    this.parameters = Map.copyOf(parameters);
    this.surroundings = surroundings;
  }

  /** Whether something with this optional condition is part of the stack. */
  boolean includes(@org.jspecify.annotations.Nullable String condition) {
    return condition == null || condition(condition);
  }

  /** The value of an object of properties, without those that are {@code AWS::NoValue}. */
  ObjectNode properties(ObjectNode properties) {
    ObjectNode evaluated = NODES.objectNode();
    properties.forEachEntry((name, value) -> {
      JsonNode result = evaluate(value);
      if (!result.isMissingNode()) {
        evaluated.set(name, result);
      }
    });
    return evaluated;
  }

  /** The value of an expression as text. */
  String text(JsonNode expression) {
    JsonNode value = evaluate(expression);
    if (!value.isValueNode() || value.isNull()) {
      throw new TemplateException("Template error: expected a string, found " + value);
    }
    return value.asString();
  }

  private JsonNode evaluate(JsonNode node) {
    return switch (node) {
      case ObjectNode object ->
          TemplateFunction.call(object).map(this::apply).orElseGet(() -> properties(object));
      case ArrayNode array -> list(array);
      default -> node;
    };
  }

  private ArrayNode list(ArrayNode array) {
    ArrayNode evaluated = NODES.arrayNode();
    for (JsonNode item : array) {
      JsonNode value = evaluate(item);
      if (!value.isMissingNode()) {
        evaluated.add(value);
      }
    }
    return evaluated;
  }

  private JsonNode apply(TemplateFunction.Call call) {
    JsonNode argument = call.argument();
    return switch (call.function()) {
      case REF -> reference(argument.asString());
      case GET_ATT -> NODES.stringNode(attribute(TemplateAttribute.of(argument)));
      case SUB -> NODES.stringNode(substitute(argument));
      case IF -> evaluate(list(call, 3).get(condition(argument.get(0).asString()) ? 1 : 2));
      case CONDITION, EQUALS, NOT, AND, OR -> NODES.booleanNode(truth(call));
      case JOIN -> join(call);
      case SELECT -> select(call);
      case SPLIT -> split(call);
      case FIND_IN_MAP -> findInMap(call);
      case IMPORT_VALUE -> imported(text(argument));
      case BASE64 ->
          NODES.stringNode(
              Base64.getEncoder().encodeToString(text(argument).getBytes(StandardCharsets.UTF_8)));
    };
  }

  private JsonNode reference(String name) {
    if (name.equals(NO_VALUE)) {
      return MissingNode.getInstance();
    }
    JsonNode parameter = parameters.get(name);
    if (parameter != null) {
      return parameter;
    }
    return surroundings
        .reference(name)
        .<JsonNode>map(NODES::stringNode)
        .orElseThrow(() -> unresolved(name));
  }

  private String attribute(TemplateAttribute attribute) {
    if (surroundings.reference(attribute.resource()).isEmpty()) {
      throw unresolved(attribute.resource());
    }
    return surroundings
        .attribute(attribute)
        .orElseThrow(() ->
            new TemplateException(
                "Template error: resource %s does not support attribute type %s in Fn::GetAtt"
                    .formatted(attribute.resource(), attribute.name())));
  }

  private static TemplateException unresolved(String logicalId) {
    return new TemplateException(
        ("Template format error: Unresolved resource dependencies [%s] in the Resources "
                + "block of the template")
            .formatted(logicalId));
  }

  private String substitute(JsonNode argument) {
    JsonNode text = argument.isArray() ? argument.path(0) : argument;
    JsonNode variables = argument.path(1);
    Matcher matcher = TemplateReferences.VARIABLE.matcher(text.asString());
    return matcher.replaceAll(match -> {
      String name = match.group(2).strip();
      String value;
      if (!match.group(1).isEmpty()) {
        value = "${" + match.group(2) + "}";
      } else if (variables.has(name)) {
        value = text(variables.get(name));
      } else if (name.indexOf('.') >= 0) {
        value = attribute(TemplateAttribute.of(name));
      } else {
        value = text(NODES.objectNode().put(TemplateFunction.REF.text(), name));
      }
      return Matcher.quoteReplacement(value);
    });
  }

  private JsonNode join(TemplateFunction.Call call) {
    JsonNode arguments = list(call, 2);
    JsonNode items = evaluate(arguments.get(1));
    if (!arguments.get(0).isString() || !items.isArray()) {
      throw malformed(call, "a delimiter and a list of strings");
    }
    return NODES.stringNode(
        items.values().stream()
            .map(this::text)
            .collect(Collectors.joining(arguments.get(0).stringValue())));
  }

  private JsonNode select(TemplateFunction.Call call) {
    JsonNode arguments = list(call, 2);
    String index = text(arguments.get(0));
    JsonNode items = evaluate(arguments.get(1));
    if (!index.matches("[0-9]{1,9}") || !items.isArray()) {
      throw malformed(call, "an index and a list");
    }
    JsonNode selected = items.path(Integer.parseInt(index));
    if (selected.isMissingNode()) {
      throw new TemplateException(
          "Template error: Fn::Select cannot select nonexistent value at index " + index);
    }
    return selected;
  }

  private JsonNode split(TemplateFunction.Call call) {
    JsonNode arguments = list(call, 2);
    String delimiter = text(arguments.get(0));
    if (delimiter.isEmpty()) {
      throw malformed(call, "a delimiter that is not empty and a string");
    }
    ArrayNode parts = NODES.arrayNode();
    for (String part : text(arguments.get(1)).split(Pattern.quote(delimiter), -1)) {
      parts.add(part);
    }
    return parts;
  }

  private JsonNode findInMap(TemplateFunction.Call call) {
    JsonNode arguments = list(call, 3);
    String map = text(arguments.get(0));
    String first = text(arguments.get(1));
    String second = text(arguments.get(2));
    JsonNode value = template.mappings().path(map).path(first).path(second);
    if (value.isMissingNode()) {
      throw new TemplateException(
          "Template error: Unable to get mapping for %s::%s::%s".formatted(map, first, second));
    }
    return value;
  }

  private JsonNode imported(String name) {
    return surroundings
        .exported(name)
        .<JsonNode>map(NODES::stringNode)
        .orElseThrow(() -> new TemplateException("No export named " + name + " found"));
  }

  private boolean condition(String name) {
    Boolean known = conditions.get(name);
    if (known != null) {
      return known;
    }
    JsonNode expression = template.conditions().get(name);
    if (expression == null) {
      throw new TemplateException("Template format error: Unresolved condition dependency " + name);
    }
    boolean value = truth(expression);
    conditions.put(name, value);
    return value;
  }

  private boolean truth(JsonNode expression) {
    if (expression instanceof ObjectNode object) {
      var call = TemplateFunction.call(object).filter(c -> c.function().isCondition());
      if (call.isPresent()) {
        return truth(call.get());
      }
    }
    throw new TemplateException(
        "Template error: every condition must be a call of Condition, Fn::Equals, Fn::Not, "
            + "Fn::And or Fn::Or");
  }

  private boolean truth(TemplateFunction.Call call) {
    return switch (call.function()) {
      case CONDITION -> condition(call.argument().asString());
      case EQUALS -> {
        JsonNode arguments = list(call, 2);
        yield text(arguments.get(0)).equals(text(arguments.get(1)));
      }
      case NOT -> !truth(list(call, 1).get(0));
      case AND -> operands(call).values().stream().allMatch(this::truth);
      case OR -> operands(call).values().stream().anyMatch(this::truth);
      case REF, SUB, GET_ATT, IF, JOIN, SELECT, SPLIT, FIND_IN_MAP, IMPORT_VALUE, BASE64 ->
          throw malformed(call, "to be used outside of Conditions");
    };
  }

  private static JsonNode operands(TemplateFunction.Call call) {
    int size = call.argument().size();
    if (!call.argument().isArray() || size < 2 || size > 10) {
      throw malformed(call, "2 to 10 conditions");
    }
    return call.argument();
  }

  private static JsonNode list(TemplateFunction.Call call, int size) {
    if (!call.argument().isArray() || call.argument().size() != size) {
      throw malformed(call, "a list of " + size);
    }
    return call.argument();
  }

  private static TemplateException malformed(TemplateFunction.Call call, String expected) {
    return new TemplateException(
        "Template error: %s needs %s".formatted(call.function().text(), expected));
  }
}
