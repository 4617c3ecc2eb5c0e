package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.flag;
import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;
import static dev.deputy.sandbox.Shape.whole;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One declared parameter of a template and the rules for its value.
 *
 * @param declaration the declaration as the template has it, fitted to {@link #DECLARATION}
 */
record TemplateParameter(String name, Type type, ObjectNode declaration) {
  private static final Shape.Structure DECLARATION =
      structure(
          need("Type", text()),
          may("Default", text()),
          may("AllowedPattern", text()),
          may("AllowedValues", list(text())),
          may("ConstraintDescription", text()),
          may("Description", text()),
          may("MaxLength", whole(0, Integer.MAX_VALUE)),
          may("MaxValue", text()),
          may("MinLength", whole(0, Integer.MAX_VALUE)),
          may("MinValue", text()),
          may("NoEcho", flag()));

  /** The types of parameters that the sandbox knows. */
  enum Type {
    STRING("String"),
    NUMBER("Number"),
    LIST_OF_NUMBERS("List<Number>"),
    COMMA_DELIMITED_LIST("CommaDelimitedList");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /** The type as templates write it. */
    String inTemplates() {
      return text;
    }

    private boolean isList() {
      return this == LIST_OF_NUMBERS || this == COMMA_DELIMITED_LIST;
    }

    private boolean isNumeric() {
      return this == NUMBER || this == LIST_OF_NUMBERS;
    }
  }

  /** Reads one declaration. */
  static TemplateParameter parse(String name, JsonNode declaration) {
    ObjectNode fitted =
        TemplateFit.data("Template format error: Parameter " + name + ": ")
            .object(DECLARATION, declaration);
    String type = fitted.get("Type").stringValue();
    for (Type known : Type.values()) {
      if (known.text.equals(type)) {
        return new TemplateParameter(name, known, fitted);
      }
    }
    throw new TemplateException(
        "Template format error: Unrecognized parameter type: %s (parameter %s)"
            .formatted(type, name));
  }

  /** Whether its value must never be shown. */
  boolean noEcho() {
    return declaration.path("NoEcho").asBoolean(false);
  }

  /** Its default, or null when a value has to be given. */
  @Nullable String defaultValue() {
    return detail("Default");
  }

  /** An optional text of the declaration, e.g. its description. */
  @Nullable String detail(String field) {
    return declaration.path(field).stringValue(null);
  }

  /**
   * The values of all parameters as {@code Ref} sees them.
   *
   * @param given the caller's values by name
   * @throws TemplateException when a value is missing, unknown or breaks a rule of its declaration
   */
  static Map<String, JsonNode> resolve(
      Map<String, TemplateParameter> declared, Map<String, String> given) {
    Set<String> unknown = new TreeSet<>(given.keySet());
    unknown.removeAll(declared.keySet());
    if (!unknown.isEmpty()) {
      throw new TemplateException("Parameters: " + unknown + " do not exist in the template");
    }
    Map<String, JsonNode> values = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    declared.forEach((name, parameter) -> {
      String value = given.getOrDefault(name, parameter.defaultValue());
      if (value == null) {
        missing.add(name);
      } else {
        values.put(name, parameter.checked(value));
      }
    });
    if (!missing.isEmpty()) {
      throw new TemplateException("Parameters: " + missing + " must have values");
    }
    return values;
  }

  private JsonNode checked(String value) {
    if (!type.isList()) {
      checkOne(value);
      return JsonNodeFactory.instance.stringNode(value);
    }
    var list = JsonNodeFactory.instance.arrayNode();
    for (String item : value.isEmpty() ? new String[0] : value.split(",", -1)) {
      checkOne(item.strip());
      list.add(item.strip());
    }
    return list;
  }

  private void checkOne(String value) {
    JsonNode allowed = declaration.path("AllowedValues");
    if (allowed.isArray() && allowed.values().stream().noneMatch(v -> v.asString().equals(value))) {
      throw broken("must be one of AllowedValues");
    }
    checkLength(value);
    checkPattern(value);
    if (type.isNumeric()) {
      checkRange(value);
    }
  }

  private void checkLength(String value) {
    if (value.length() < declaration.path("MinLength").asInt(0)) {
      throw broken("must contain at least %s characters".formatted(declaration.get("MinLength")));
    }
    if (value.length() > declaration.path("MaxLength").asInt(Integer.MAX_VALUE)) {
      throw broken("must contain at most %s characters".formatted(declaration.get("MaxLength")));
    }
  }

  private void checkPattern(String value) {
    String pattern = detail("AllowedPattern");
    try {
      if (pattern != null && !Pattern.compile(pattern).matcher(value).matches()) {
        throw broken("must match pattern " + pattern);
      }
    } catch (PatternSyntaxException e) {
      throw new TemplateException(
          "Template format error: Parameter %s: AllowedPattern: %s"
              .formatted(name, e.getDescription()));
    }
  }

  private void checkRange(String value) {
    BigDecimal number = number(value);
    String least = detail("MinValue");
    String most = detail("MaxValue");
    if (least != null && number.compareTo(number(least)) < 0) {
      throw broken("must be a number not less than " + least);
    }
    if (most != null && number.compareTo(number(most)) > 0) {
      throw broken("must be a number not greater than " + most);
    }
  }

  private BigDecimal number(String value) {
    try {
      return new BigDecimal(value);
    } catch (NumberFormatException e) {
      throw broken("must be a number");
    }
  }

  private TemplateException broken(String rule) {
    String description = detail("ConstraintDescription");
    return new TemplateException(
        description == null
            ? "Parameter '%s' %s".formatted(name, rule)
            : "Parameter %s failed to satisfy constraint: %s".formatted(name, description));
  }
}
