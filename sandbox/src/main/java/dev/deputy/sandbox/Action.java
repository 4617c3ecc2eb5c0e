package dev.deputy.sandbox;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * One action of a service.
 *
 * @param readOnly whether CloudTrail calls it read-only
 * @param shape the parameters that it understands; others are refused by name
 * @param permissions what the caller must be allowed before the handler runs; it may look things up
 *     but changes nothing
 * @param handler does the work and returns the answer
 */
record Action(
    String name,
    boolean readOnly,
    Shape.Structure shape,
    Function<Call, List<Permission>> permissions,
    Function<Call, ObjectNode> handler) {

  static Action read(
      String name,
      Shape.Structure shape,
      Function<Call, Permission> permission,
      Function<Call, ObjectNode> handler) {
    return new Action(name, true, shape, permission.andThen(List::of), handler);
  }

  static Action write(
      String name,
      Shape.Structure shape,
      Function<Call, Permission> permission,
      Function<Call, ObjectNode> handler) {
    return new Action(name, false, shape, permission.andThen(List::of), handler);
  }
}
