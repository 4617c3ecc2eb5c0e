package dev.deputy.sandbox;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code AWS::ECS::TaskDefinition}; every change is a new revision. */
final class StackTaskDefinition implements StackResourceType {
  private static final Shape.Structure PROPERTIES =
      ShapeNames.ofProperties(EcsShapes.TASK_DEFINITION);

  @Override
  public String name() {
    return "AWS::ECS::TaskDefinition";
  }

  @Override
  public Shape.Structure properties() {
    return PROPERTIES;
  }

  @Override
  public Set<String> attributes() {
    return Set.of("TaskDefinitionArn");
  }

  @Override
  public Set<String> updatable() {
    return Set.of();
  }

  /** A family is not a name: two revisions share it. */
  @Override
  public Optional<String> nameProperty() {
    return Optional.empty();
  }

  @Override
  public Made create(StackContext context, String logicalId, Parameters properties) {
    ObjectNode request = ShapeNames.request(EcsShapes.TASK_DEFINITION, properties.node());
    if (!request.has("family")) {
      request.put("family", context.stackName() + "-" + logicalId);
    }
    StackContext.putTags(
        request,
        "tags",
        "key",
        "value",
        context.tagsWith(Call.tags(properties.list("Tags"), "Key", "Value")));
    String arn =
        context
            .invoke("ecs", "RegisterTaskDefinition", request)
            .path("taskDefinition")
            .path("taskDefinitionArn")
            .asString();
    return new Made(arn, Map.of("TaskDefinitionArn", arn));
  }

  @Override
  public Made update(StackContext context, Made made, Parameters before, Parameters after) {
    return made;
  }

  @Override
  public void delete(StackContext context, Made made, Parameters properties) {
    context.invoke(
        "ecs", "DeregisterTaskDefinition", Call.object().put("taskDefinition", made.physicalId()));
  }
}
