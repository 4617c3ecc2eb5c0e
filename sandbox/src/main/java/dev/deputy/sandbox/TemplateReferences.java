package dev.deputy.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which names the expressions of a template mention, and the order of resources that follows. */
final class TemplateReferences {
  /** A variable in the text of {@code Fn::Sub}; {@code ${!Literal}} is none. */
  static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]*)}");

  /** The pseudo parameters that the sandbox knows. */
  static final Set<String> PSEUDO_PARAMETERS =
      Set.of(
          "AWS::AccountId",
          "AWS::NoValue",
          "AWS::NotificationARNs",
          "AWS::Partition",
          "AWS::Region",
          "AWS::StackId",
          "AWS::StackName",
          "AWS::URLSuffix");

  /** Names of parameters and resources, attributes of resources, and names of conditions. */
  private record Names(
      Set<String> values, Set<TemplateAttribute> attributes, Set<String> conditions) {
    Names() {
      this(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    Set<String> owners() {
      return attributes.stream()
          .map(TemplateAttribute::resource)
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }

  private TemplateReferences() {}

  /** Checks every mention of a name and that no resource depends on itself. */
  static void check(Template template) {
    for (var condition : template.conditions().entrySet()) {
      Names names = names(condition.getValue());
      names.values.removeAll(template.parameters().keySet());
      names.values.removeIf(PSEUDO_PARAMETERS::contains);
      names.values.addAll(names.owners());
      if (!names.values.isEmpty()) {
        throw new TemplateException(
            "Template format error: Unresolved dependencies %s. Cannot reference resources in the "
                    .formatted(names.values)
                + "Conditions block of the template");
      }
      checkConditions(template, names, "Conditions");
    }
    checkConditionCycles(template);
    for (Template.Resource resource : template.resources().values()) {
      Names names = names(resource.properties());
      names.values.addAll(resource.dependsOn());
      if (resource.condition() != null) {
        names.conditions.add(resource.condition());
      }
      checkNames(template, names, "Resources");
    }
    for (Template.Output output : template.outputs().values()) {
      Names names = names(output.value());
      if (output.exportName() != null) {
        collect(output.exportName(), names);
      }
      if (output.condition() != null) {
        names.conditions.add(output.condition());
      }
      checkNames(template, names, "Outputs");
    }
    order(template, template.resources().keySet());
  }

  /** The attributes of resources that the template mentions anywhere. */
  static Set<TemplateAttribute> attributes(Template template) {
    Names names = new Names();
    template.resources().values().forEach(resource -> collect(resource.properties(), names));
    for (Template.Output output : template.outputs().values()) {
      collect(output.value(), names);
      if (output.exportName() != null) {
        collect(output.exportName(), names);
      }
    }
    return names.attributes;
  }

  private static void checkNames(Template template, Names names, String block) {
    Set<String> unresolved = new TreeSet<>(names.values);
    unresolved.removeAll(template.parameters().keySet());
    unresolved.removeAll(PSEUDO_PARAMETERS);
    unresolved.addAll(names.owners());
    unresolved.removeAll(template.resources().keySet());
    if (!unresolved.isEmpty()) {
      throw new TemplateException(
          ("Template format error: Unresolved resource dependencies %s in the %s block of "
                  + "the template")
              .formatted(unresolved, block));
    }
    checkConditions(template, names, block);
  }

  private static void checkConditions(Template template, Names names, String block) {
    for (String condition : names.conditions) {
      if (!template.conditions().containsKey(condition)) {
        throw new TemplateException(
            ("Template format error: Unresolved condition dependency %s in the %s block "
                    + "of the template")
                .formatted(condition, block));
      }
    }
  }

  private static void checkConditionCycles(Template template) {
    Map<String, Set<String>> uses = new LinkedHashMap<>();
    template.conditions().forEach((name, value) -> uses.put(name, names(value).conditions));
    Set<String> rest = sort(uses, new ArrayList<>());
    if (!rest.isEmpty()) {
      throw new TemplateException("Circular dependency between conditions: " + rest);
    }
  }

  /**
   * The order in which some of the template's resources are to be made; what has no order between
   * them stays as the template has it.
   *
   * @throws TemplateException when they depend on each other in a circle
   */
  static List<String> order(Template template, Set<String> resources) {
    Map<String, Set<String>> dependencies = new LinkedHashMap<>();
    for (Template.Resource resource : template.resources().values()) {
      if (resources.contains(resource.logicalId())) {
        Names names = names(resource.properties());
        names.values.addAll(names.owners());
        names.values.addAll(resource.dependsOn());
        names.values.retainAll(resources);
        dependencies.put(resource.logicalId(), names.values);
      }
    }
    List<String> order = new ArrayList<>();
    Set<String> circle = sort(dependencies, order);
    if (!circle.isEmpty()) {
      throw new TemplateException("Circular dependency between resources: " + circle);
    }
    return order;
  }

  /** Appends what can be ordered; answers what hangs in a circle. */
  private static Set<String> sort(Map<String, Set<String>> dependencies, List<String> order) {
    Map<String, Set<String>> left = new LinkedHashMap<>(dependencies);
    Set<String> done = new LinkedHashSet<>();
    while (true) {
      Set<String> ready =
          left.entrySet().stream()
              .filter(entry -> done.containsAll(entry.getValue()))
              .map(Map.Entry::getKey)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      if (ready.isEmpty()) {
        return left.keySet();
      }
      done.addAll(ready);
      order.addAll(ready);
      left.keySet().removeAll(ready);
    }
  }

  private static Names names(JsonNode expression) {
    Names names = new Names();
    collect(expression, names);
    return names;
  }

  private static void collect(JsonNode node, Names names) {
    if (node instanceof ObjectNode object) {
      var call = TemplateFunction.call(object);
      if (call.isPresent()) {
        collect(call.get(), names);
        return;
      }
    }
    node.forEach(child -> collect(child, names));
  }

  private static void collect(TemplateFunction.Call call, Names names) {
    JsonNode argument = call.argument();
    switch (call.function()) {
      case REF -> names.values.add(text(call, argument));
      case CONDITION -> names.conditions.add(text(call, argument));
      case GET_ATT -> names.attributes.add(TemplateAttribute.of(argument));
      case SUB -> collectSub(call, names);
      case IF -> {
        names.conditions.add(text(call, argument.path(0)));
        collect(argument.path(1), names);
        collect(argument.path(2), names);
      }
      case EQUALS, NOT, AND, OR, JOIN, SELECT, SPLIT, FIND_IN_MAP, IMPORT_VALUE, BASE64 ->
          collect(argument, names);
    }
  }

  private static void collectSub(TemplateFunction.Call call, Names names) {
    JsonNode text = call.argument().isArray() ? call.argument().path(0) : call.argument();
    JsonNode variables = call.argument().path(1);
    variables.forEach(value -> collect(value, names));
    Matcher matcher = VARIABLE.matcher(text(call, text));
    while (matcher.find()) {
      String name = matcher.group(2).strip();
      if (!matcher.group(1).isEmpty() || variables.has(name)) {
        continue;
      }
      if (name.indexOf('.') < 0) {
        names.values.add(name);
      } else {
        names.attributes.add(TemplateAttribute.of(name));
      }
    }
  }

  private static String text(TemplateFunction.Call call, JsonNode node) {
    if (!node.isString()) {
      throw new TemplateException(
          "Template error: %s needs a string where a name is expected"
              .formatted(call.function().text()));
    }
    return node.stringValue();
  }
}
