package dev.deputy.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes and changes resources of a stack, and notes for every change how it is undone. Used by one
 * thread.
 */
final class StackChanges {
  private final Stack stack;
  private final StackContext context;
  private final List<Runnable> undo = new ArrayList<>();
  private final List<Stack.Resource> replaced = new ArrayList<>();

  StackChanges(Stack stack, StackContext context) {
    this.stack = stack;
    this.context = context;
  }

  /** What was replaced by new resources, the last first. */
  List<Stack.Resource> replaced() {
    return List.copyOf(replaced.reversed());
  }

  /** Undoes all changes, the last first; answers whether all could be undone. */
  boolean undo() {
    boolean undone = true;
    for (Runnable step : undo.reversed()) {
      try {
        step.run();
      } catch (AwsException _) {
        undone = false;
      }
    }
    return undone;
  }

  /**
   * Makes, changes or keeps one resource.
   *
   * @throws StackFailure when that is refused; the resource's own reason is in its event
   */
  void bring(Template.Resource declared, TemplateEvaluation evaluation) throws StackFailure {
    String id = declared.logicalId();
    Optional<Stack.Resource> existing = stack.resource(id).filter(r -> r.made().isPresent());
    undo.add(() -> existing.ifPresentOrElse(this::restore, () -> stack.forget(id)));
    try {
      StackResourceType type = StackResourceTypes.of(declared);
      ObjectNode evaluated = evaluation.properties(declared.properties());
      ObjectNode fitted =
          TemplateFit.data(StackResourceTypes.refusal(declared))
              .object(type.properties(), evaluated);
      apply(declared, new Parameters(fitted), existing);
    } catch (AwsException refusal) {
      throw failed(declared, existing, StackFailure.handlerMessage(refusal));
    } catch (TemplateException refusal) {
      throw failed(declared, existing, refusal.text());
    }
  }

  private void restore(Stack.Resource before) {
    stack.resource(
        before.declared(), before.made(), before.properties(), "UPDATE_COMPLETE", Optional.empty());
  }

  private StackFailure failed(
      Template.Resource declared, Optional<Stack.Resource> existing, String reason) {
    String operation = existing.isEmpty() ? "CREATE" : "UPDATE";
    stack.resource(
        declared,
        existing.flatMap(Stack.Resource::made),
        existing.map(Stack.Resource::properties).orElse(new Parameters(Call.object())),
        operation + "_FAILED",
        Optional.of(reason));
    return new StackFailure(
        "The following resource(s) failed to %s: [%s]."
            .formatted(existing.isEmpty() ? "create" : "update", declared.logicalId()));
  }

  private void apply(
      Template.Resource declared, Parameters properties, Optional<Stack.Resource> existing) {
    if (existing.isEmpty()) {
      create(declared, properties, existing);
      return;
    }
    Stack.Resource before = existing.get();
    StackResourceType type = StackResourceTypes.of(declared);
    Set<String> changed = changed(before.properties().node(), properties.node());
    boolean sameType = before.declared().type().equals(declared.type());
    if (sameType && changed.isEmpty()) {
      stack.keep(declared);
    } else if (sameType && type.updatable().containsAll(changed)) {
      change(declared, properties, before);
    } else {
      if (sameType
          && type.nameProperty()
              .filter(n -> properties.has(n) && !changed.contains(n))
              .isPresent()) {
        throw new TemplateException(
            ("CloudFormation cannot update a stack when a custom-named resource requires "
                    + "replacing. Rename %s and update the stack again.")
                .formatted(before.physicalId()));
      }
      create(declared, properties, existing);
      replaced.add(before);
    }
  }

  /** The names of what two objects do not have in common. */
  static Set<String> changed(ObjectNode before, ObjectNode after) {
    Set<String> names = new LinkedHashSet<>(before.propertyNames());
    names.addAll(after.propertyNames());
    names.removeIf(name -> before.path(name).equals(after.path(name)));
    return names;
  }

  private void create(
      Template.Resource declared, Parameters properties, Optional<Stack.Resource> before) {
    String operation = before.isEmpty() ? "CREATE" : "UPDATE";
    stack.resource(
        declared,
        before.flatMap(Stack.Resource::made),
        before.map(Stack.Resource::properties).orElse(properties),
        operation + "_IN_PROGRESS",
        before.map(_ ->
            "Requested update requires the creation of a new physical resource; hence creating"
                + " one."));
    StackResourceType type = StackResourceTypes.of(declared);
    StackResourceType.Made made = type.create(context, declared.logicalId(), properties);
    undo.add(() -> type.delete(context, made, properties));
    stack.resource(
        declared, Optional.of(made), properties, operation + "_COMPLETE", Optional.empty());
  }

  private void change(Template.Resource declared, Parameters properties, Stack.Resource before) {
    StackResourceType type = StackResourceTypes.of(declared);
    before
        .made()
        .ifPresent(old -> {
          stack.resource(
              declared, before.made(), before.properties(), "UPDATE_IN_PROGRESS", Optional.empty());
          // Noted first: an update that fails half way is undone too.
          undo.add(() -> type.update(context, old, properties, before.properties()));
          StackResourceType.Made made = type.update(context, old, before.properties(), properties);
          stack.resource(
              declared, Optional.of(made), properties, "UPDATE_COMPLETE", Optional.empty());
        });
  }
}
