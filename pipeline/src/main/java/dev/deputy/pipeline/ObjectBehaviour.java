package dev.deputy.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How objects of declared classes print, compare and are true: by the methods of their class. */
final class ObjectBehaviour {
  /** An object that shows itself ends as calls do that are nested too deeply. */
  private static final int STACK = 8;

  private final Interpreter run;

  ObjectBehaviour(Interpreter run) {
    this.run = run;
  }

  private @Nullable Object call(ObjectValue object, String name, List<@Nullable Object> arguments) {
    return object.type().methods(name).isEmpty()
        ? Names.ABSENT
        : run.instances().call(object, name, arguments, run.current());
  }

  /** What was read as JSON, as JSON. */
  String json(Object value) {
    return JsonWriter.readable(run).write(value);
  }

  String text(ObjectValue object) {
    Object text = call(object, "toString", List.of());
    if (!Names.isAbsent(text)) {
      BranchLine branch = run.current().branch();
      branch.enter(STACK);
      try {
        return run.values().text(text);
      } finally {
        branch.leave(STACK);
      }
    }
    if (object.constant() != null) {
      return object.constant();
    }
    return object.error() != null
        ? object.error().text()
        : object.type().name() + "@" + Integer.toHexString(object.type().name().hashCode());
  }

  @SuppressWarnings("ReferenceEquality") // objects without equals() are what they are
  boolean equal(ObjectValue object, @Nullable Object other) {
    Object equal = call(object, "equals", Instances.listOf(other));
    if (!Names.isAbsent(equal)) {
      return run.values().isTrue(equal);
    }
    Object compared =
        other instanceof ObjectValue ? call(object, "compareTo", Instances.listOf(other)) : null;
    return compared instanceof Number number ? number.intValue() == 0 : object == other;
  }

  /** Below, at or above 0; empty answers mean that the objects have no order. */
  @Nullable Integer compare(ObjectValue object, @Nullable Object other) {
    Object compared = call(object, "compareTo", Instances.listOf(other));
    if (compared instanceof Number number) {
      return number.intValue();
    }
    return object.constant() != null
            && other instanceof ObjectValue constant
            && constant.type().equals(object.type())
        ? (Integer) Integer.compare(object.ordinal(), constant.ordinal())
        : null;
  }

  boolean isTrue(ObjectValue object) {
    Object truth = call(object, "asBoolean", List.of());
    return Names.isAbsent(truth) || run.values().isTrue(truth);
  }

  /** What an operator does with an object on its left, or {@link Names#ABSENT}. */
  @Nullable Object operator(ObjectValue object, String method, @Nullable Object right) {
    return call(object, method, Instances.listOf(right));
  }
}
