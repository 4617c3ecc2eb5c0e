package dev.deputy.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Removes resources of a stack. Used by one thread. */
final class StackRemovals {
  private static final Set<String> ALREADY_GONE =
      Set.of(
          "NoSuchEntity",
          "ResourceNotFoundException",
          "ParameterNotFound",
          "ClusterNotFoundException");

  private final Stack stack;
  private final StackContext context;

  StackRemovals(Stack stack, StackContext context) {
    this.stack = stack;
    this.context = context;
  }

  /** Removes all resources, those first on which no others depend; answers what could not be. */
  List<String> all() {
    List<String> left = new ArrayList<>();
    for (Stack.Resource resource : lastFirst()) {
      if (!resource.status().equals("DELETE_COMPLETE") && !resource.made().isEmpty()) {
        Optional<String> refusal = remove(resource, resource.declared().deletion(), true);
        refusal.ifPresent(_ -> left.add(resource.declared().logicalId()));
      }
    }
    return left;
  }

  private List<Stack.Resource> lastFirst() {
    Stack.View view = stack.view();
    Map<String, Stack.Resource> byId = new LinkedHashMap<>();
    view.resources().forEach(resource -> byId.put(resource.declared().logicalId(), resource));
    List<Stack.Resource> order = new ArrayList<>();
    for (String logicalId : TemplateReferences.order(view.plan().template(), byId.keySet())) {
      Optional.ofNullable(byId.remove(logicalId)).ifPresent(order::add);
    }
    order.addAll(byId.values());
    return order.reversed();
  }

  /** Removes something that is no longer the resource of its name. */
  void replaced(Stack.Resource resource) {
    remove(resource, resource.declared().replacement(), false);
  }

  /** Removes a resource that the template does not have any more. */
  void undeclared(Stack.Resource resource) {
    if (remove(resource, resource.declared().deletion(), false).isEmpty()) {
      stack.forget(resource.declared().logicalId());
    }
  }

  private Optional<String> remove(
      Stack.Resource resource, Template.RemovalPolicy policy, boolean current) {
    if (policy == Template.RemovalPolicy.RETAIN) {
      note(resource, "DELETE_SKIPPED", Optional.empty(), current);
      return Optional.empty();
    }
    note(resource, "DELETE_IN_PROGRESS", Optional.empty(), current);
    Optional<String> refusal = destroy(resource);
    String status = refusal.isEmpty() ? "DELETE_COMPLETE" : "DELETE_FAILED";
    note(resource, status, refusal, current);
    return refusal;
  }

  private void note(Stack.Resource resource, String status, Optional<String> why, boolean current) {
    if (current) {
      stack.resource(resource.declared(), resource.made(), resource.properties(), status, why);
    } else {
      stack.event(resource, status, why);
    }
  }

  private Optional<String> destroy(Stack.Resource resource) {
    try {
      StackResourceType type = StackResourceTypes.of(resource.declared());
      resource.made().ifPresent(made -> type.delete(context, made, resource.properties()));
      return Optional.empty();
    } catch (AwsException refusal) {
      return ALREADY_GONE.contains(refusal.code())
          ? Optional.empty()
          : Optional.of(StackFailure.handlerMessage(refusal));
    }
  }
}
