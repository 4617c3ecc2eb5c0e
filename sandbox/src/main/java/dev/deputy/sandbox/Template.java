package dev.deputy.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A CloudFormation template that has been read: every section, attribute and function in it is
 * known, every name that it mentions is declared, and its resources do not depend on each other in
 * a circle. What a resource's properties may be is the business of {@link StackResourceType}.
 */
record Template(
    String body,
    @Nullable String description,
    Map<String, TemplateParameter> parameters,
    ObjectNode mappings,
    Map<String, JsonNode> conditions,
    Map<String, Resource> resources,
    Map<String, Output> outputs) {

  private static final Pattern LOGICAL_ID = Pattern.compile("[A-Za-z0-9]{1,255}");
  private static final int MOST_RESOURCES = 500;
  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Description",
          "Metadata",
          "Parameters",
          "Mappings",
          "Conditions",
          "Resources",
          "Outputs");
  private static final Set<String> RESOURCE_ATTRIBUTES =
      Set.of(
          "Type",
          "Properties",
          "DependsOn",
          "Condition",
          "DeletionPolicy",
          "UpdateReplacePolicy",
          "Metadata");
  private static final Set<String> OUTPUT_ATTRIBUTES =
      Set.of("Value", "Description", "Export", "Condition");

  /** What becomes of a resource when it leaves its stack. */
  enum RemovalPolicy {
    DELETE,
    RETAIN
  }

  /** One declared resource; its properties are not evaluated yet. */
  record Resource(
      String logicalId,
      String type,
      ObjectNode properties,
      Set<String> dependsOn,
      @Nullable String condition,
      RemovalPolicy deletion,
      RemovalPolicy replacement) {}

  /** One declared output; {@code exportName} may be an expression. */
  record Output(
      String name,
      JsonNode value,
      @Nullable String description,
      @Nullable JsonNode exportName,
      @Nullable String condition) {}

  /**
   * Reads and checks a template.
   *
   * @throws TemplateException saying what is wrong and where
   */
  static Template parse(String body) {
    ObjectNode root = TemplateReader.read(body);
    Set<String> unknown = new TreeSet<>(names(root));
    unknown.removeAll(SECTIONS);
    if (!unknown.isEmpty()) {
      throw new TemplateException("Invalid template property or properties " + unknown);
    }
    JsonNode version = root.path("AWSTemplateFormatVersion");
    if (!version.isMissingNode() && !"2010-09-09".equals(version.asString(""))) {
      throw new TemplateException(
          "Template format error: Template format version not supported, expected 2010-09-09");
    }
    Template template =
        new Template(
            body,
            root.path("Description").stringValue(null),
            section(root, "Parameters", TemplateParameter::parse),
            object(root, "Mappings"),
            section(root, "Conditions", (_, condition) -> condition),
            section(root, "Resources", Template::resource),
            section(root, "Outputs", Template::output));
    if (template.resources.isEmpty() || template.resources.size() > MOST_RESOURCES) {
      throw new TemplateException(
          template.resources.isEmpty()
              ? "Template format error: At least one Resources member must be defined."
              : ("Template format error: Number of resources, %d, is greater than maximum "
                      + "allowed, %d")
                  .formatted(template.resources.size(), MOST_RESOURCES));
    }
    TemplateReferences.check(template);
    return template;
  }

  private static <T> Map<String, T> section(
      ObjectNode root, String name, BiFunction<String, JsonNode, T> reader) {
    Map<String, T> entries = new LinkedHashMap<>();
    object(root, name)
        .forEachEntry((key, value) -> {
          if (!LOGICAL_ID.matcher(key).matches()) {
            throw new TemplateException(
                "Template format error: %s name %s is non alphanumeric."
                    .formatted(name.substring(0, name.length() - 1), key));
          }
          entries.put(key, reader.apply(key, value));
        });
    return entries;
  }

  private static Resource resource(String id, JsonNode declaration) {
    ObjectNode resource = known(id, declaration, "resource", RESOURCE_ATTRIBUTES);
    String type = resource.path("Type").stringValue(null);
    if (type == null) {
      throw new TemplateException(
          ("Template format error: [/Resources/%s] Every Resources object must contain a "
                  + "Type member.")
              .formatted(id));
    }
    RemovalPolicy deletion = policy(id, resource, "DeletionPolicy");
    return new Resource(
        id,
        type,
        object(resource, "Properties"),
        dependsOn(id, resource.path("DependsOn")),
        condition(id, resource),
        deletion,
        policy(id, resource, "UpdateReplacePolicy"));
  }

  private static Output output(String name, JsonNode declaration) {
    ObjectNode output = known(name, declaration, "output", OUTPUT_ATTRIBUTES);
    if (output.path("Value").isMissingNode()) {
      throw new TemplateException(
          "Template format error: Output %s must contain a Value member.".formatted(name));
    }
    JsonNode export = output.path("Export");
    if (!export.isMissingNode() && (export.size() != 1 || !export.has("Name"))) {
      throw new TemplateException(
          "Template format error: Output %s: Export must have just a Name.".formatted(name));
    }
    return new Output(
        name,
        output.get("Value"),
        output.path("Description").stringValue(null),
        export.get("Name"),
        condition(name, output));
  }

  private static @Nullable String condition(String id, ObjectNode object) {
    JsonNode condition = object.path("Condition");
    if (!condition.isMissingNode() && !condition.isString()) {
      throw new TemplateException(
          "Template format error: %s: Every Condition member must be a string.".formatted(id));
    }
    return condition.stringValue(null);
  }

  private static RemovalPolicy policy(String id, ObjectNode resource, String attribute) {
    return switch (resource.path(attribute).asString("Delete")) {
      case "Delete" -> RemovalPolicy.DELETE;
      case "Retain" -> RemovalPolicy.RETAIN;
      case String other ->
          throw new TemplateException(
              "Template format error: Unrecognized %s %s for resource %s"
                  .formatted(attribute, other, id));
    };
  }

  private static Set<String> dependsOn(String id, JsonNode value) {
    List<String> names = new ArrayList<>();
    if (value.isString()) {
      names.add(value.stringValue());
    } else if (value.isArray() && value.values().stream().allMatch(JsonNode::isString)) {
      value.forEach(name -> names.add(name.stringValue()));
    } else if (!value.isMissingNode()) {
      throw new TemplateException(
          "Template format error: [/Resources/%s] Every DependsOn value must be a string."
              .formatted(id));
    }
    return Set.copyOf(names);
  }

  private static ObjectNode known(
      String id, JsonNode declaration, String what, Set<String> attributes) {
    if (!(declaration instanceof ObjectNode object)) {
      throw new TemplateException(
          "Template format error: Every %s must be an object, but %s is not.".formatted(what, id));
    }
    for (String name : names(object)) {
      if (!attributes.contains(name)) {
        throw new TemplateException(
            "Invalid template %s property '%s' of %s".formatted(what, name, id));
      }
    }
    return object;
  }

  private static ObjectNode object(ObjectNode parent, String name) {
    JsonNode value = parent.path(name);
    if (value.isMissingNode()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw new TemplateException(
        "Template format error: %s must be an object, not null.".formatted(name));
  }

  private static Set<String> names(ObjectNode object) {
    return new TreeSet<>(object.propertyNames());
  }
}
