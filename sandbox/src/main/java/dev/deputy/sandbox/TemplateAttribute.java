package dev.deputy.sandbox;

import tools.jackson.databind.JsonNode;

/** The argument of {@code Fn::GetAtt}: an attribute of a resource. */
record TemplateAttribute(String resource, String name) {

  /** Reads both forms: a list of two strings, or one string with a dot. */
  static TemplateAttribute of(JsonNode argument) {
    if (argument.isString()) {
      return of(argument.stringValue());
    }
    if (argument.size() == 2 && argument.path(0).isString() && argument.path(1).isString()) {
      return new TemplateAttribute(argument.get(0).stringValue(), argument.get(1).stringValue());
    }
    throw malformed();
  }

  /** Reads {@code Resource.Attribute}, as {@code Fn::Sub} has it. */
  static TemplateAttribute of(String text) {
    int dot = text.indexOf('.');
    if (dot <= 0 || dot == text.length() - 1) {
      throw malformed();
    }
    return new TemplateAttribute(text.substring(0, dot), text.substring(dot + 1));
  }

  private static TemplateException malformed() {
    return new TemplateException(
        "Template error: every Fn::GetAtt object requires two non-empty parameters, "
            + "the resource name and the resource attribute");
  }
}
