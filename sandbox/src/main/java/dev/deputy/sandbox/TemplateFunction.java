package dev.deputy.sandbox;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The intrinsic functions of templates that the sandbox knows. */
enum TemplateFunction {
  REF("Ref"),
  CONDITION("Condition"),
  SUB("Fn::Sub"),
  GET_ATT("Fn::GetAtt"),
  IF("Fn::If"),
  EQUALS("Fn::Equals"),
  NOT("Fn::Not"),
  AND("Fn::And"),
  OR("Fn::Or"),
  JOIN("Fn::Join"),
  SELECT("Fn::Select"),
  SPLIT("Fn::Split"),
  FIND_IN_MAP("Fn::FindInMap"),
  IMPORT_VALUE("Fn::ImportValue"),
  BASE64("Fn::Base64");

  private static final Map<String, TemplateFunction> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(TemplateFunction::text, Function.identity()));

  private final String text;

  TemplateFunction(String text) {
    this.text = text;
  }

  /** The name in templates, long form. */
  String text() {
    return text;
  }

  /** Whether the function answers true or false. */
  boolean isCondition() {
    return switch (this) {
      case CONDITION, EQUALS, NOT, AND, OR -> true;
      case REF, SUB, GET_ATT, IF, JOIN, SELECT, SPLIT, FIND_IN_MAP, IMPORT_VALUE, BASE64 -> false;
    };
  }

  /** A call of a function: the object with just one member, named as the function. */
  record Call(TemplateFunction function, JsonNode argument) {}

  /**
   * The call that an object is, or empty for plain data. A policy statement's {@code Condition} is
   * plain data: it holds an object, the function a name.
   *
   * @throws TemplateException for a function that the sandbox does not know
   */
  static Optional<Call> call(ObjectNode object) {
    for (String name : object.propertyNames()) {
      TemplateFunction function = BY_NAME.get(name);
      if (function == null) {
        if (name.startsWith("Fn::")) {
          throw new TemplateException("Template error: function " + name + " is not supported");
        }
        continue;
      }
      JsonNode argument = object.get(name);
      if (function == CONDITION && !argument.isString()) {
        continue;
      }
      if (object.size() == 1) {
        return Optional.of(new Call(function, argument));
      }
      if (name.startsWith("Fn::")) {
        throw new TemplateException(
            "Template error: " + name + " must be the only member of its object");
      }
    }
    return Optional.empty();
  }
}
