package dev.deputy.sandbox;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code AWS::ECS::Cluster}. */
final class StackCluster implements StackResourceType {
  private static final Shape.Structure PROPERTIES = properties(EcsShapes.CREATE_CLUSTER);

  /** Templates say {@code ClusterSettings} for the request's {@code settings}. */
  private static Shape.Structure properties(Shape.Structure request) {
    Shape.Structure same = ShapeNames.ofProperties(request);
    return Shape.structure(
        same.fields().values().stream()
            .map(field ->
                field.name().equals("Settings")
                    ? new Shape.Field("ClusterSettings", field.shape(), false)
                    : field)
            .toArray(Shape.Field[]::new));
  }

  @Override
  public String name() {
    return "AWS::ECS::Cluster";
  }

  @Override
  public Shape.Structure properties() {
    return PROPERTIES;
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Arn");
  }

  @Override
  public Set<String> updatable() {
    return Set.of();
  }

  @Override
  public Optional<String> nameProperty() {
    return Optional.of("ClusterName");
  }

  @Override
  public Made create(StackContext context, String logicalId, Parameters properties) {
    ObjectNode capital = properties.node().deepCopy();
    if (capital.has("ClusterSettings")) {
      capital.set("Settings", capital.get("ClusterSettings"));
    }
    ObjectNode request = ShapeNames.request(EcsShapes.CREATE_CLUSTER, capital);
    if (!request.has("clusterName")) {
      request.put("clusterName", context.generatedName(logicalId, 255));
    }
    StackContext.putTags(
        request,
        "tags",
        "key",
        "value",
        context.tagsWith(Call.tags(properties.list("Tags"), "Key", "Value")));
    var cluster = context.invoke("ecs", "CreateCluster", request).get("cluster");
    return new Made(
        cluster.get("clusterName").asString(), Map.of("Arn", cluster.get("clusterArn").asString()));
  }

  @Override
  public Made update(StackContext context, Made made, Parameters before, Parameters after) {
    return made;
  }

  @Override
  public void delete(StackContext context, Made made, Parameters properties) {
    context.invoke("ecs", "DeleteCluster", Call.object().put("cluster", made.physicalId()));
  }
}
