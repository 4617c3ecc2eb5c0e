package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.may;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;
import static dev.deputy.sandbox.Shape.whole;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code AWS::Logs::LogGroup}. */
final class StackLogGroup implements StackResourceType {
  private static final Shape.Structure PROPERTIES =
      structure(
          may("LogGroupName", text()),
          may("RetentionInDays", whole(1, 3653)),
          may("Tags", list(structure(need("Key", text()), need("Value", text())))));

  @Override
  public String name() {
    return "AWS::Logs::LogGroup";
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
    return Set.of("RetentionInDays");
  }

  @Override
  public Optional<String> nameProperty() {
    return Optional.of("LogGroupName");
  }

  @Override
  public Made create(StackContext context, String logicalId, Parameters properties) {
    String name =
        properties
            .optionalText("LogGroupName")
            .orElseGet(() -> context.generatedName(logicalId, 512));
    ObjectNode request = group(name);
    Map<String, String> tags = context.tagsWith(Call.tags(properties.list("Tags"), "Key", "Value"));
    if (!tags.isEmpty()) {
      ObjectNode members = request.putObject("tags");
      tags.forEach(members::put);
    }
    context.invoke("logs", "CreateLogGroup", request);
    String arn =
        "arn:aws:logs:%s:%s:log-group:%s:*"
            .formatted(context.caller().region(), context.caller().account(), name);
    Made made = new Made(name, Map.of("Arn", arn));
    try {
      retain(context, name, properties);
    } catch (AwsException refusal) {
      delete(context, made, properties);
      throw refusal;
    }
    return made;
  }

  private static ObjectNode group(String name) {
    return Call.object().put("logGroupName", name);
  }

  private static void retain(StackContext context, String name, Parameters properties) {
    int days = properties.whole("RetentionInDays", 0);
    if (days > 0) {
      context.invoke("logs", "PutRetentionPolicy", group(name).put("retentionInDays", days));
    }
  }

  @Override
  public Made update(StackContext context, Made made, Parameters before, Parameters after) {
    if (after.has("RetentionInDays")) {
      retain(context, made.physicalId(), after);
    } else {
      context.invoke("logs", "DeleteRetentionPolicy", group(made.physicalId()));
    }
    return made;
  }

  @Override
  public void delete(StackContext context, Made made, Parameters properties) {
    context.invoke("logs", "DeleteLogGroup", group(made.physicalId()));
  }
}
