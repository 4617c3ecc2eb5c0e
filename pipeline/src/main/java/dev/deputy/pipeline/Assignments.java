package dev.deputy.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Assigns to variables, properties and elements. */
final class Assignments {
  /** Something that can be read and written; its parts are evaluated once. */
  private interface Place {
    @Nullable Object value();

    void set(@Nullable Object value);
  }

  private final Interpreter run;

  Assignments(Interpreter run) {
    this.run = run;
  }

  @Nullable Object assign(Expression.Assign node, Frame frame) {
    Place place = place(node.target(), frame);
    Object value;
    if (node.operator() == null) {
      value = run.expressions().evaluate(node.value(), frame);
    } else {
      Object before = place.value();
      Object operand = run.expressions().evaluate(node.value(), frame);
      value = run.operators().apply(node.operator(), before, operand);
    }
    place.set(value);
    return value;
  }

  @Nullable Object assignEach(Expression.AssignEach node, Frame frame) {
    Object value = run.expressions().evaluate(node.value(), frame);
    List<?> items = run.members().spreadable(value);
    for (int i = 0; i < node.targets().size(); i++) {
      place(node.targets().get(i), frame).set(i < items.size() ? items.get(i) : null);
    }
    return value;
  }

  @Nullable Object increment(Expression.Increment node, Frame frame) {
    Place place = place(node.target(), frame);
    Object before = place.value();
    if (before instanceof String text) {
      String after = TextShapes.stepped(text, node.by());
      run.budget().string(after.length());
      place.set(after);
      return node.prefix() ? after : before;
    }
    if (!(before instanceof Number number)) {
      throw ScriptError.of(
          Type.MISSING_METHOD, "++ and -- are not defined for " + Values.typeName(before));
    }
    Object after = Arithmetic.add(number, node.by());
    place.set(after);
    return node.prefix() ? after : before;
  }

  private Place place(Expression target, Frame frame) {
    return switch (target) {
      case Expression.Name name -> variable(name.name(), frame);
      case Expression.Property property -> property(property, frame);
      case Expression.Index index -> element(index, frame);
      default -> throw ScriptError.refused("this cannot be assigned to");
    };
  }

  private Place variable(String name, Frame frame) {
    return new Place() {
      @Override
      public @Nullable Object value() {
        return run.members().variable(name, frame);
      }

      @Override
      public void set(@Nullable Object value) {
        run.members().setVariable(name, value, frame);
      }
    };
  }

  private Place property(Expression.Property node, Frame frame) {
    if (node.target() instanceof Expression.This
        && node.name() instanceof Expression.Constant(Position _, String field)
        && frame.self().value() instanceof ObjectValue object
        && object.fields().containsKey(field)) {
      return field(object, field);
    }
    Object target = run.expressions().evaluate(node.target(), frame);
    String name = run.values().text(run.expressions().evaluate(node.name(), frame));
    return new Place() {
      @Override
      public @Nullable Object value() {
        return run.members().get(target, name, frame.context());
      }

      @Override
      public void set(@Nullable Object value) {
        run.members().set(target, name, value, frame.context());
      }
    };
  }

  /** {@code this.x}: no getter or setter is asked. */
  private Place field(ObjectValue object, String name) {
    return new Place() {
      @Override
      public @Nullable Object value() {
        return object.fields().get(name);
      }

      @Override
      public void set(@Nullable Object value) {
        run.instances().setField(object, name, value);
      }
    };
  }

  private Place element(Expression.Index node, Frame frame) {
    Object target = run.expressions().evaluate(node.target(), frame);
    Object index = run.expressions().evaluate(node.index(), frame);
    return new Place() {
      @Override
      public @Nullable Object value() {
        return run.members().element(target, index, frame.context());
      }

      @Override
      public void set(@Nullable Object value) {
        run.members().setElement(target, index, value);
      }
    };
  }
}
