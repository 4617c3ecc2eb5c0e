package dev.deputy.pipeline;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Executes statements. */
final class Statements {
  private final Interpreter run;
  private final Expressions expressions;

  Statements(Interpreter run) {
    this.run = run;
    this.expressions = run.expressions();
  }

  /** Executes a block's statements in a frame that is the block's own. */
  Completion executeIn(Statement.Block block, Frame own) {
    Completion last = Completion.NOTHING;
    for (Statement statement : block.statements()) {
      last = execute(statement, own);
      if (!(last instanceof Completion.Normal)) {
        return last;
      }
    }
    return last;
  }

  private Completion execute(Statement.Block block, Frame frame) {
    return block.statements().isEmpty() ? Completion.NOTHING : executeIn(block, frame.inner());
  }

  Completion execute(Statement node, Frame frame) {
    run.budget().operation();
    frame.context().branch().enter();
    try {
      return switch (node) {
        case Statement.Evaluate s ->
            new Completion.Normal(expressions.evaluate(s.expression(), frame));
        case Statement.Declare s -> declare(s, frame);
        case Statement.Block s -> execute(s, frame);
        case Statement.If s ->
            execute(expressions.truth(s.condition(), frame) ? s.then() : s.otherwise(), frame);
        case Statement.While s -> repeat(s, frame, null);
        case Statement.ForEach s -> forEach(s, frame, null);
        case Statement.For s -> count(s, frame, null);
        case Statement.Return s ->
            new Completion.Returned(
                s.value() == null ? null : expressions.evaluate(s.value(), frame));
        case Statement.Break s -> jump(Completion.Jump.BREAK, s.label());
        case Statement.Continue s -> jump(Completion.Jump.CONTINUE, s.label());
        case Statement.Labeled s -> labeled(s, frame);
        case Statement.Throw s -> throw thrown(s, frame);
        case Statement.Try s -> attempt(s, frame);
        case Statement.Switch s -> choose(s, frame);
        case Statement.Assert s -> verify(s, frame);
      };
    } catch (Unstoppable spent) {
      spent.locate(node.at());
      throw spent;
    } finally {
      frame.context().branch().leave();
    }
  }

  private Completion declare(Statement.Declare node, Frame frame) {
    Object value = node.value() == null ? null : expressions.evaluate(node.value(), frame);
    if (node.variables().size() == 1) {
      declare(node, node.variables().getFirst(), value, frame);
    } else {
      List<?> items = run.members().spreadable(value);
      for (int i = 0; i < node.variables().size(); i++) {
        declare(node, node.variables().get(i), i < items.size() ? items.get(i) : null, frame);
      }
    }
    return new Completion.Normal(value);
  }

  private void declare(
      Statement.Declare node, Statement.Variable variable, @Nullable Object value, Frame frame) {
    Object coerced = run.members().coerce(value, variable.type());
    if (node.field()) {
      if (frame.self().value() instanceof ScriptValue script) {
        script.fields().put(variable.name(), coerced);
      }
    } else {
      frame.declare(variable.name(), coerced);
    }
  }

  private static Completion jump(Completion.Jump jump, @Nullable String label) {
    return label == null ? jump : new Completion.Labeled(jump, label);
  }

  private Completion labeled(Statement.Labeled node, Frame frame) {
    String label = node.label();
    Completion end =
        switch (node.body()) {
          case Statement.While loop -> repeat(loop, frame, label);
          case Statement.ForEach loop -> forEach(loop, frame, label);
          case Statement.For loop -> count(loop, frame, label);
          default -> execute(node.body(), frame);
        };
    return end.equals(new Completion.Labeled(Completion.Jump.BREAK, label))
        ? Completion.NOTHING
        : end;
  }

  /** How a loop ends after its body ended so; null if it goes on. */
  private static @Nullable Completion leaving(Completion end, @Nullable String label) {
    Completion mine =
        end instanceof Completion.Labeled(Completion.Jump jump, String to) && to.equals(label)
            ? jump
            : end;
    return switch (mine) {
      case Completion.Normal _ -> null;
      case Completion.Jump jump -> jump == Completion.Jump.BREAK ? Completion.NOTHING : null;
      default -> mine;
    };
  }

  private Completion repeat(Statement.While node, Frame frame, @Nullable String label) {
    boolean first = node.bodyFirst();
    while (first || expressions.truth(node.condition(), frame)) {
      run.budget().operation();
      first = false;
      Completion end = leaving(execute(node.body(), frame), label);
      if (end != null) {
        return end;
      }
    }
    return Completion.NOTHING;
  }

  private Completion forEach(Statement.ForEach node, Frame frame, @Nullable String label) {
    List<?> items = run.members().spreadable(expressions.evaluate(node.items(), frame));
    for (int i = 0; i < items.size(); i++) {
      run.budget().operation();
      Frame own = frame.inner();
      own.declare(
          node.variable().name(), run.members().coerce(items.get(i), node.variable().type()));
      Completion end = leaving(executeIn(node.body(), own), label);
      if (end != null) {
        return end;
      }
    }
    return Completion.NOTHING;
  }

  private Completion count(Statement.For node, Frame frame, @Nullable String label) {
    Frame own = frame.inner();
    node.start().forEach(statement -> execute(statement, own));
    while (node.condition() == null || expressions.truth(node.condition(), own)) {
      run.budget().operation();
      Completion end = leaving(execute(node.body(), own), label);
      if (end != null) {
        return end;
      }
      node.update().forEach(step -> expressions.evaluate(step, own));
    }
    return Completion.NOTHING;
  }

  private PipelineException thrown(Statement.Throw node, Frame frame) {
    Object value = expressions.evaluate(node.error(), frame);
    ErrorValue error = ErrorValue.in(value);
    if (error == null) {
      throw ScriptError.refused("only exceptions can be thrown, not a " + Values.typeName(value));
    }
    if (error.thrown() != null) {
      return error.thrown();
    }
    ScriptError thrown = ScriptError.thrown(error);
    thrown.locate(node.at());
    return thrown;
  }

  /**
   * A denial and a spent budget run through: {@code finally} is executed, but neither it nor any
   * {@code catch} changes how this ends.
   */
  private Completion attempt(Statement.Try node, Frame frame) {
    Completion end;
    try {
      end = caught(node, frame);
    } catch (PipelineException.Denied | Unstoppable unstoppable) {
      cleanUp(node, frame);
      throw unstoppable;
    } catch (PipelineException failure) {
      Completion cleanUp = execute(node.cleanUp(), frame);
      if (cleanUp instanceof Completion.Normal) {
        throw failure;
      }
      return cleanUp;
    }
    Completion cleanUp = execute(node.cleanUp(), frame);
    return cleanUp instanceof Completion.Normal ? end : cleanUp;
  }

  private void cleanUp(Statement.Try node, Frame frame) {
    try {
      execute(node.cleanUp(), frame);
    } catch (PipelineException | Unstoppable _) {
      // how this ends is decided already
    }
  }

  private Completion caught(Statement.Try node, Frame frame) {
    try {
      return execute(node.body(), frame);
    } catch (PipelineException.Denied denied) {
      throw denied;
    } catch (PipelineException failure) {
      ErrorValue error = ErrorValue.of(failure);
      Optional<Statement.Catch> handler =
          node.catches().stream().filter(each -> catches(each.type(), error)).findFirst();
      if (handler.isEmpty()) {
        throw failure;
      }
      Frame own = frame.inner();
      own.declare(handler.get().name(), error.value());
      return executeIn(handler.get().body(), own);
    }
  }

  private boolean catches(TypeRef type, ErrorValue error) {
    return type instanceof Type known
        ? error.type().is(known)
        : run.classes().isInstance(error.value(), type);
  }

  private Completion choose(Statement.Switch node, Frame frame) {
    Object subject = expressions.evaluate(node.subject(), frame);
    boolean matched = false;
    Frame own = frame.inner();
    for (Statement.Case each : node.cases()) {
      matched =
          matched
              || run.invocations()
                  .isCase(expressions.evaluate(each.label(), own), subject, frame.context());
      if (matched) {
        Completion end = executeIn(each.body(), own);
        if (end == Completion.Jump.BREAK) {
          return Completion.NOTHING;
        }
        if (!(end instanceof Completion.Normal)) {
          return end;
        }
      }
    }
    Completion end = executeIn(node.otherwise(), own);
    return end == Completion.Jump.BREAK ? Completion.NOTHING : end;
  }

  private Completion verify(Statement.Assert node, Frame frame) {
    if (!expressions.truth(node.condition(), frame)) {
      String text = "assert " + node.text();
      if (node.message() != null) {
        text =
            run.values().text(expressions.evaluate(node.message(), frame)) + details(node, frame);
      }
      ScriptError failure = ScriptError.of(Type.ASSERTION, text);
      failure.locate(node.at());
      throw failure;
    }
    return Completion.NOTHING;
  }

  /** What Groovy adds to an assertion's own message. */
  private String details(Statement.Assert node, Frame frame) {
    Set<String> values = new LinkedHashSet<>();
    for (Node part : Tree.all(node.condition())) {
      if (part instanceof Expression.Name name && frame.knows(name.name())) {
        values.add(name.name() + " = " + run.values().text(frame.value(name.name())));
      }
    }
    return ". Expression: "
        + node.plain()
        + (values.isEmpty() ? "" : ". Values: " + String.join(", ", values));
  }
}
