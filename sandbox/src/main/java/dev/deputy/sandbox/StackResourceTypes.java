package dev.deputy.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types of resources that the sandbox's CloudFormation knows. */
final class StackResourceTypes {
  private static final Map<String, StackResourceType> TYPES =
      List.of(
              new StackBucket(),
              new StackCluster(),
              new StackIamPolicy(),
              new StackIamRole(),
              new StackLogGroup(),
              new StackManagedPolicy(),
              new StackSsmParameter(),
              new StackTaskDefinition())
          .stream()
          .collect(Collectors.toUnmodifiableMap(StackResourceType::name, Function.identity()));

  private StackResourceTypes() {}

  /** The type of a resource of a template that was checked. */
  static StackResourceType of(Template.Resource resource) {
    StackResourceType type = TYPES.get(resource.type());
    if (type == null) {
      throw new IllegalStateException(resource.type() + ": unknown");
    }
    return type;
  }

  /**
   * Reads a template and checks that all its types, properties and attributes are known.
   *
   * @throws TemplateException naming what is not known and where
   */
  static Template check(String body) {
    Template template = Template.parse(body);
    Set<String> unknown = new TreeSet<>();
    for (Template.Resource resource : template.resources().values()) {
      if (!TYPES.containsKey(resource.type())) {
        unknown.add(resource.type() + " (" + resource.logicalId() + ")");
      }
    }
    if (!unknown.isEmpty()) {
      throw new TemplateException("Template format error: Unrecognized resource types: " + unknown);
    }
    for (Template.Resource resource : template.resources().values()) {
      TemplateFit.expressions(refusal(resource))
          .object(of(resource).properties(), resource.properties());
    }
    for (TemplateAttribute attribute : TemplateReferences.attributes(template)) {
      Template.Resource resource = template.resources().get(attribute.resource());
      if (resource != null && !of(resource).attributes().contains(attribute.name())) {
        throw new TemplateException(
            "Template error: resource %s does not support attribute type %s in Fn::GetAtt"
                .formatted(attribute.resource(), attribute.name()));
      }
    }
    return template;
  }

  /** What refusals of a resource's properties begin with. */
  static String refusal(Template.Resource resource) {
    return "Properties validation failed for resource %s with message: "
        .formatted(resource.logicalId());
  }

  /** The word that a caller has to give so that a template may make IAM resources, or none. */
  static Set<String> capabilities(Template template) {
    boolean iam = false;
    for (Template.Resource resource : template.resources().values()) {
      StackResourceType type = of(resource);
      iam |= type.isIam();
      if (type.isIam()
          && type.nameProperty().filter(name -> resource.properties().has(name)).isPresent()) {
        return Set.of("CAPABILITY_NAMED_IAM");
      }
    }
    return iam ? Set.of("CAPABILITY_IAM") : Set.of();
  }
}
