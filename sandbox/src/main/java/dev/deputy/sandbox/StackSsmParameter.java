package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.map;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.oneOf;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code AWS::SSM::Parameter}. */
final class StackSsmParameter implements StackResourceType {
  private static final Shape.Structure PROPERTIES =
      structure(
          may("Description", text()),
          may("Name", text()),
          may("Tags", map(text())),
          may("Tier", oneOf("Standard")),
          need("Type", oneOf("String", "StringList")),
          need("Value", text()));

  @Override
  public String name() {
    return "AWS::SSM::Parameter";
  }

  @Override
  public Shape.Structure properties() {
    return PROPERTIES;
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Type", "Value");
  }

  @Override
  public Set<String> updatable() {
    return Set.of("Description", "Value");
  }

  @Override
  public Optional<String> nameProperty() {
    return Optional.of("Name");
  }

  @Override
  public Made create(StackContext context, String logicalId, Parameters properties) {
    String name =
        properties
            .optionalText("Name")
            .orElseGet(() -> "CFN-" + context.generatedName(logicalId, 512));
    ObjectNode request = request(name, properties);
    StackContext.putTags(request, "Tags", "Key", "Value", context.tagsWith(properties.map("Tags")));
    context.invoke("ssm", "PutParameter", request);
    return made(name, properties);
  }

  private static ObjectNode request(String name, Parameters properties) {
    ObjectNode request = Call.object().put("Name", name);
    for (String same : List.of("Description", "Type", "Value")) {
      properties.optionalText(same).ifPresent(value -> request.put(same, value));
    }
    return request;
  }

  private static Made made(String name, Parameters properties) {
    return new Made(
        name, Map.of("Type", properties.text("Type"), "Value", properties.text("Value")));
  }

  @Override
  public Made update(StackContext context, Made made, Parameters before, Parameters after) {
    context.invoke("ssm", "PutParameter", request(made.physicalId(), after).put("Overwrite", true));
    return made(made.physicalId(), after);
  }

  @Override
  public void delete(StackContext context, Made made, Parameters properties) {
    context.invoke("ssm", "DeleteParameter", Call.object().put("Name", made.physicalId()));
  }
}
