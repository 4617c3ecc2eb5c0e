package dev.deputy.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One operation on a stack: create, update or delete. Used by one thread. */
final class StackOperation {

  /** What becomes of a stack that could not be created. */
  enum OnFailure {
    DO_NOTHING,
    ROLLBACK,
    DELETE
  }

  private final Stack stack;
  private final Stacks stacks;
  private final StackContext context;
  private final StackChanges changes;
  private final StackRemovals removals;

  StackOperation(Stack stack, Stacks stacks, StackContext context) {
    this.stack = stack;
    this.stacks = stacks;
    this.context = context;
    this.changes = new StackChanges(stack, context);
    this.removals = new StackRemovals(stack, context);
  }

  /** Creates what the stack's plan says. */
  void create(OnFailure onFailure) {
    try {
      apply(stack.view().plan());
      stack.status("CREATE_COMPLETE", Optional.empty());
    } catch (StackFailure failure) {
      switch (onFailure) {
        case DO_NOTHING -> stack.status("CREATE_FAILED", Optional.of(failure.reason()));
        case ROLLBACK -> {
          stack.status(
              "ROLLBACK_IN_PROGRESS",
              Optional.of(failure.reason() + " Rollback requested by user."));
          String end = removals.all().isEmpty() ? "ROLLBACK_COMPLETE" : "ROLLBACK_FAILED";
          stack.status(end, Optional.empty());
        }
        case DELETE -> {
          stack.status("DELETE_IN_PROGRESS", Optional.of(failure.reason()));
          delete();
        }
      }
    }
  }

  /** Brings the stack to its new plan, and back to the old one when that fails. */
  void update(Stack.Plan before) {
    List<Stack.Output> outputs = stack.view().outputs();
    try {
      apply(stack.view().plan());
      stack.status("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", Optional.empty());
      undeclared().forEach(removals::undeclared);
      changes.replaced().forEach(removals::replaced);
      stack.status("UPDATE_COMPLETE", Optional.empty());
    } catch (StackFailure failure) {
      stack.status("UPDATE_ROLLBACK_IN_PROGRESS", Optional.of(failure.reason()));
      boolean undone = changes.undo();
      stack.follow(before.with(stack.view().plan().token()));
      stack.outputs(outputs);
      stack.status(
          undone ? "UPDATE_ROLLBACK_COMPLETE" : "UPDATE_ROLLBACK_FAILED", Optional.empty());
    }
  }

  /** Deletes a stack that is DELETE_IN_PROGRESS. */
  void delete() {
    Optional<String> used = usedExport();
    if (used.isPresent()) {
      stack.status("DELETE_FAILED", used);
      return;
    }
    List<String> left = removals.all();
    if (left.isEmpty()) {
      stack.outputs(List.of());
      stack.status("DELETE_COMPLETE", Optional.empty());
    } else {
      stack.status(
          "DELETE_FAILED",
          Optional.of("The following resource(s) failed to delete: " + left + ". "));
    }
  }

  private Optional<String> usedExport() {
    for (Stack.Output output : stack.view().outputs()) {
      Optional<String> user = output.export().flatMap(stacks::importer);
      if (user.isPresent()) {
        return Optional.of(
            "Export %s cannot be deleted as it is in use by %s"
                .formatted(output.export().orElse(""), user.get()));
      }
    }
    return Optional.empty();
  }

  private void apply(Stack.Plan plan) throws StackFailure {
    Template template = plan.template();
    TemplateEvaluation evaluation = evaluation(plan);
    try {
      Set<String> included = new LinkedHashSet<>();
      for (Template.Resource resource : template.resources().values()) {
        if (evaluation.includes(resource.condition())) {
          included.add(resource.logicalId());
        }
      }
      for (String logicalId : TemplateReferences.order(template, included)) {
        Template.Resource resource = template.resources().get(logicalId);
        if (resource != null) {
          changes.bring(resource, evaluation);
        }
      }
      stack.outputs(outputs(template, evaluation));
    } catch (TemplateException refusal) {
      throw new StackFailure(refusal.text());
    }
  }

  private List<Stack.Output> outputs(Template template, TemplateEvaluation evaluation) {
    List<Stack.Output> outputs = new ArrayList<>();
    for (Template.Output output : template.outputs().values()) {
      if (evaluation.includes(output.condition())) {
        outputs.add(
            new Stack.Output(
                output.name(),
                evaluation.text(output.value()),
                Optional.ofNullable(output.description()),
                export(output, evaluation)));
      }
    }
    return outputs;
  }

  private Optional<String> export(Template.Output output, TemplateEvaluation evaluation) {
    JsonNode expression = output.exportName();
    if (expression == null) {
      return Optional.empty();
    }
    String name = evaluation.text(expression);
    stacks
        .exporter(name)
        .filter(exporter -> exporter != stack)
        .ifPresent(exporter -> {
          throw new TemplateException(
              "Export with name %s is already exported by stack %s."
                  .formatted(name, exporter.name()));
        });
    return Optional.of(name);
  }

  private List<Stack.Resource> undeclared() {
    Stack.View view = stack.view();
    TemplateEvaluation evaluation = evaluation(view.plan());
    Map<String, Template.Resource> declared = view.plan().template().resources();
    return view.resources().reversed().stream()
        .filter(resource -> {
          Template.Resource now = declared.get(resource.declared().logicalId());
          return now == null || !evaluation.includes(now.condition());
        })
        .toList();
  }

  private TemplateEvaluation evaluation(Stack.Plan plan) {
    return evaluation(plan, stack, context.caller(), new Surroundings());
  }

  /** Evaluates a plan of a stack in these surroundings. */
  static TemplateEvaluation evaluation(
      Stack.Plan plan, Stack stack, Caller caller, TemplateEvaluation.Surroundings surroundings) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    Map<String, JsonNode> values = new HashMap<>(plan.parameters());
    values.put("AWS::AccountId", nodes.stringNode(caller.account()));
    values.put("AWS::NotificationARNs", nodes.arrayNode());
    values.put("AWS::Partition", nodes.stringNode("aws"));
    values.put("AWS::Region", nodes.stringNode(caller.region()));
    values.put("AWS::StackId", nodes.stringNode(stack.id()));
    values.put("AWS::StackName", nodes.stringNode(stack.name()));
    values.put("AWS::URLSuffix", nodes.stringNode("amazonaws.com"));
    return new TemplateEvaluation(plan.template(), values, surroundings);
  }

  private final class Surroundings implements TemplateEvaluation.Surroundings {
    @Override
    public Optional<String> reference(String logicalId) {
      return made(logicalId).map(StackResourceType.Made::physicalId);
    }

    @Override
    public Optional<String> attribute(TemplateAttribute attribute) {
      return made(attribute.resource())
          .flatMap(made -> Optional.ofNullable(made.attributes().get(attribute.name())));
    }

    @Override
    public Optional<String> exported(String name) {
      Optional<String> value = stacks.exported(name);
      value.ifPresent(_ -> stack.imports(name));
      return value;
    }

    private Optional<StackResourceType.Made> made(String logicalId) {
      return stack.resource(logicalId).flatMap(Stack.Resource::made);
    }
  }
}
