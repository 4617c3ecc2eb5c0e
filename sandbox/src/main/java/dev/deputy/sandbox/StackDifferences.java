package dev.deputy.sandbox;

import dev.deputy.sandbox.ChangeSet.Change;
import dev.deputy.sandbox.ChangeSet.Kind;
import dev.deputy.sandbox.ChangeSet.Property;
import dev.deputy.sandbox.ChangeSet.Replacement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a stack would change by another plan. Changes nothing. Values of resources that are still to
 * be made are not known; whatever depends on them may change.
 */
final class StackDifferences {
  /** What stands for a value that is known only once the change has been made. */
  static final String UNKNOWN = "{{changeSet:KNOWN_AFTER_APPLY}}";

  private final Stack stack;
  private final Stacks stacks;
  private final Stack.Plan plan;
  private final TemplateEvaluation evaluation;
  private final Set<String> unknown = new HashSet<>();

  StackDifferences(Stack stack, Stacks stacks, Stack.Plan plan, Caller caller) {
    this.stack = stack;
    this.stacks = stacks;
    this.plan = plan;
    this.evaluation = StackOperation.evaluation(plan, stack, caller, new Surroundings());
  }

  /**
   * The changes in the order in which they would be made, removals last.
   *
   * @throws TemplateException when the plan can not be carried out
   */
  List<Change> changes() {
    Template template = plan.template();
    Set<String> included = new LinkedHashSet<>();
    for (Template.Resource resource : template.resources().values()) {
      if (evaluation.includes(resource.condition())) {
        included.add(resource.logicalId());
      }
    }
    List<Change> changes = new ArrayList<>();
    for (String logicalId : TemplateReferences.order(template, included)) {
      Template.Resource declared = template.resources().get(logicalId);
      if (declared != null) {
        change(declared).ifPresent(changes::add);
      }
    }
    for (Stack.Resource resource : stack.view().resources().reversed()) {
      if (resource.made().isPresent() && !included.contains(resource.declared().logicalId())) {
        changes.add(removal(resource));
      }
    }
    return changes;
  }

  /** Whether the outputs stay as they are; to be asked after {@link #changes}. */
  boolean keepsOutputs() {
    List<Stack.Output> next = new ArrayList<>();
    for (Template.Output output : plan.template().outputs().values()) {
      if (evaluation.includes(output.condition())) {
        JsonNode export = output.exportName();
        next.add(
            new Stack.Output(
                output.name(),
                evaluation.text(output.value()),
                Optional.ofNullable(output.description()),
                Optional.ofNullable(export).map(evaluation::text)));
      }
    }
    return next.equals(stack.view().outputs());
  }

  private Optional<Change> change(Template.Resource declared) {
    String id = declared.logicalId();
    ObjectNode next = properties(declared);
    Optional<Stack.Resource> existing = existing(id);
    if (existing.isEmpty()) {
      unknown.add(id);
      return Optional.of(
          new Change(
              Kind.ADD, id, "", declared.type(), Replacement.FALSE, Optional.empty(), List.of()));
    }
    Stack.Resource before = existing.get();
    boolean sameType = before.declared().type().equals(declared.type());
    List<Property> properties = properties(declared, before.properties().node(), next);
    if (sameType && properties.isEmpty()) {
      return Optional.empty();
    }
    Replacement replacement = sameType ? worst(properties) : Replacement.TRUE;
    if (replacement != Replacement.FALSE) {
      unknown.add(id);
    }
    Optional<String> policy =
        replacement == Replacement.FALSE
            ? Optional.empty()
            : Optional.of(
                before.declared().replacement() == Template.RemovalPolicy.RETAIN
                    ? "ReplaceAndRetain"
                    : "ReplaceAndDelete");
    return Optional.of(
        new Change(
            Kind.MODIFY,
            id,
            before.physicalId(),
            declared.type(),
            replacement,
            policy,
            properties));
  }

  private static Change removal(Stack.Resource resource) {
    boolean retained = resource.declared().deletion() != Template.RemovalPolicy.DELETE;
    return new Change(
        Kind.REMOVE,
        resource.declared().logicalId(),
        resource.physicalId(),
        resource.declared().type(),
        Replacement.FALSE,
        Optional.of(retained ? "Retain" : "Delete"),
        List.of());
  }

  private Optional<Stack.Resource> existing(String logicalId) {
    return stack.resource(logicalId).filter(resource -> resource.made().isPresent());
  }

  private ObjectNode properties(Template.Resource declared) {
    ObjectNode evaluated = evaluation.properties(declared.properties());
    try {
      return TemplateFit.data(StackResourceTypes.refusal(declared))
          .object(StackResourceTypes.of(declared).properties(), evaluated);
    } catch (TemplateException refusal) {
      if (isKnown(evaluated)) {
        throw refusal;
      }
      return evaluated; // what stands for an unknown value need not fit
    }
  }

  private static List<Property> properties(
      Template.Resource declared, ObjectNode before, ObjectNode after) {
    StackResourceType type = StackResourceTypes.of(declared);
    List<Property> properties = new ArrayList<>();
    for (String name : StackChanges.changed(before, after)) {
      boolean known = isKnown(after.path(name));
      Replacement replacement =
          type.updatable().contains(name)
              ? Replacement.FALSE
              : known ? Replacement.TRUE : Replacement.CONDITIONAL;
      properties.add(
          new Property(name, replacement, known, text(before.path(name)), text(after.path(name))));
    }
    return properties;
  }

  private static Replacement worst(List<Property> properties) {
    return properties.stream()
        .map(Property::replacement)
        .max(Replacement::compareTo)
        .orElse(Replacement.FALSE);
  }

  private static boolean isKnown(JsonNode value) {
    return !value.toString().contains(UNKNOWN);
  }

  private static Optional<String> text(JsonNode value) {
    return value.isMissingNode()
        ? Optional.empty()
        : Optional.of(value.isValueNode() ? value.asString() : value.toString());
  }

  private final class Surroundings implements TemplateEvaluation.Surroundings {
    @Override
    public Optional<String> reference(String logicalId) {
      return unknown.contains(logicalId)
          ? Optional.of(UNKNOWN)
          : existing(logicalId).map(Stack.Resource::physicalId);
    }

    @Override
    public Optional<String> attribute(TemplateAttribute attribute) {
      return unknown.contains(attribute.resource())
          ? Optional.of(UNKNOWN)
          : existing(attribute.resource())
              .flatMap(Stack.Resource::made)
              .flatMap(made -> Optional.ofNullable(made.attributes().get(attribute.name())));
    }

    @Override
    public Optional<String> exported(String name) {
      return stacks.exported(name);
    }
  }
}
