package dev.deputy.sandbox;

import static dev.deputy.sandbox.Shape.document;
import static dev.deputy.sandbox.Shape.list;
import static dev.deputy.sandbox.Shape.need;
import static dev.deputy.sandbox.Shape.structure;
import static dev.deputy.sandbox.Shape.text;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code AWS::IAM::Policy}: a policy embedded in roles. */
final class StackIamPolicy implements StackResourceType {
  private static final Shape.Structure PROPERTIES =
      structure(
          need("PolicyDocument", document()),
          need("PolicyName", text()),
          need("Roles", list(text(), 1, 100)));

  @Override
  public String name() {
    return "AWS::IAM::Policy";
  }

  @Override
  public Shape.Structure properties() {
    return PROPERTIES;
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Id");
  }

  @Override
  public Set<String> updatable() {
    return PROPERTIES.fields().keySet();
  }

  @Override
  public Optional<String> nameProperty() {
    return Optional.empty();
  }

  @Override
  public boolean isIam() {
    return true;
  }

  @Override
  public Made create(StackContext context, String logicalId, Parameters properties) {
    String id = context.generatedName(logicalId, 128);
    Made made = new Made(id, Map.of("Id", id));
    Set<String> done = new LinkedHashSet<>();
    try {
      for (String role : properties.texts("Roles")) {
        put(context, role, properties);
        done.add(role);
      }
    } catch (AwsException refusal) {
      done.forEach(role -> StackIamRole.remove(context, role, properties.text("PolicyName")));
      throw refusal;
    }
    return made;
  }

  private static void put(StackContext context, String role, Parameters properties) {
    StackIamRole.put(
        context,
        role,
        properties.text("PolicyName"),
        StackIamRole.documentText(properties, "PolicyDocument"));
  }

  @Override
  public Made update(StackContext context, Made made, Parameters before, Parameters after) {
    after.texts("Roles").forEach(role -> put(context, role, after));
    String oldName = before.text("PolicyName");
    Set<String> oldRoles = new LinkedHashSet<>(before.texts("Roles"));
    if (oldName.equals(after.text("PolicyName"))) {
      oldRoles.removeAll(after.texts("Roles"));
    }
    oldRoles.forEach(role -> StackIamRole.remove(context, role, oldName));
    return made;
  }

  @Override
  public void delete(StackContext context, Made made, Parameters properties) {
    properties
        .texts("Roles")
        .forEach(role -> StackIamRole.remove(context, role, properties.text("PolicyName")));
  }
}
