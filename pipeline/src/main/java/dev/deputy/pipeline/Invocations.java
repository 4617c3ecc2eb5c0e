package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls closures, the script's methods, built-in methods and steps. */
final class Invocations {
  private final Interpreter run;
  private final Builtins builtins = new Builtins();

  Invocations(Interpreter run) {
    this.run = run;
  }

  @Nullable Object call(Expression.Call node, Frame frame) {
    if (node.target() == null) {
      return callByName(node, frame);
    }
    Object target = run.expressions().evaluate(node.target(), frame);
    if (target == null && node.access() != Expression.Access.PLAIN) {
      return null;
    }
    List<@Nullable Object> arguments = arguments(node, frame);
    if (node.access() == Expression.Access.SPREAD) {
      List<@Nullable Object> results = new ArrayList<>();
      for (Object item : run.members().spreadable(target)) {
        results.add(item == null ? null : method(item, node.name(), arguments, frame.context()));
      }
      return results;
    }
    return method(target, node.name(), arguments, frame.context());
  }

  /** The positional arguments; named ones are a map in front of them. */
  private List<@Nullable Object> arguments(Expression.Call node, Frame frame) {
    List<@Nullable Object> arguments = run.expressions().items(node.arguments(), frame);
    if (!node.named().isEmpty()) {
      arguments.addFirst(run.expressions().entries(node.named(), frame));
    }
    return arguments;
  }

  private @Nullable Object callByName(Expression.Call node, Frame frame) {
    String name = node.name();
    if (frame.knows(name) && frame.value(name) instanceof ClosureValue closure) {
      return callClosure(closure, arguments(node, frame), frame.context());
    }
    List<Script.Method> methods = run.script().methods().get(name);
    if (methods != null) {
      return callMethod(methods, name, arguments(node, frame), frame.context());
    }
    if (run.bindings().get(name) instanceof ClosureValue closure) {
      return callClosure(closure, arguments(node, frame), frame.context());
    }
    return run.stepCalls().call(node, frame);
  }

  /** {@code target.name(arguments)}. */
  @Nullable Object method(
      @Nullable Object target, String name, List<@Nullable Object> arguments, Context context) {
    run.budget().operation();
    if (target instanceof Map<?, ?> map && map.get(name) instanceof ClosureValue closure) {
      return callClosure(closure, arguments, context);
    }
    if (name.equals("toString") && arguments.isEmpty()) {
      return run.values().text(target);
    }
    if ((name.equals("equals") || name.equals("is")) && arguments.size() == 1) {
      return run.values().equal(target, arguments.getFirst());
    }
    if (name.equals("asBoolean") && arguments.isEmpty()) {
      return Values.truth(target);
    }
    if (target == null) {
      throw ScriptError.of(Type.NULL_POINTER, "Cannot invoke method " + name + "() on null object");
    }
    return builtins.call(target, new Arguments(name, arguments, run, context));
  }

  /** A method of lists, for what has items without being one. */
  @SuppressWarnings("unchecked") // every list of pipeline code holds any value
  @Nullable Object onList(List<?> items, Arguments arguments) {
    return builtins.call((List<@Nullable Object>) items, arguments);
  }

  @Nullable Object callClosure(
      ClosureValue closure, List<@Nullable Object> arguments, Context caller) {
    Frame frame = closure.captured().inner(caller);
    List<Expression.Parameter> parameters = closure.code().parameters();
    if (parameters == null) {
      if (arguments.size() > 1) {
        throw wrongCount("this closure", "at most 1", arguments.size());
      }
      frame.declare("it", arguments.isEmpty() ? null : arguments.getFirst());
    } else {
      bind(parameters, spread(parameters, arguments), frame, "this closure");
    }
    return body(closure.code().body(), frame);
  }

  /** One list for several parameters is taken apart. */
  private static List<@Nullable Object> spread(
      List<Expression.Parameter> parameters, List<@Nullable Object> arguments) {
    return parameters.size() > 1
            && arguments.size() == 1
            && arguments.getFirst() instanceof List<?> l
        ? new ArrayList<>(l)
        : arguments;
  }

  private @Nullable Object callMethod(
      List<Script.Method> methods, String name, List<@Nullable Object> arguments, Context caller) {
    Optional<Script.Method> fitting =
        methods.stream()
            .filter(method ->
                arguments.size() <= method.parameters().size()
                    && arguments.size() >= required(method.parameters()))
            .findFirst();
    Script.Method method = fitting.orElse(methods.getFirst());
    Frame frame = Frame.outermost(caller);
    bind(method.parameters(), arguments, frame, name + "()");
    return body(method.body(), frame);
  }

  private static long required(List<Expression.Parameter> parameters) {
    return parameters.stream().filter(parameter -> parameter.defaultValue() == null).count();
  }

  /** Given arguments go to the parameters without defaults first, from the left. */
  private void bind(
      List<Expression.Parameter> parameters,
      List<@Nullable Object> arguments,
      Frame frame,
      String what) {
    long optional = arguments.size() - required(parameters);
    if (optional < 0 || arguments.size() > parameters.size()) {
      throw wrongCount(what, Integer.toString(parameters.size()), arguments.size());
    }
    int next = 0;
    for (Expression.Parameter parameter : parameters) {
      Object value;
      if (parameter.defaultValue() == null || optional-- > 0) {
        value = arguments.get(next++);
      } else {
        value = run.expressions().evaluate(parameter.defaultValue(), frame);
      }
      frame.declare(parameter.name(), run.members().coerce(value, parameter.type()));
    }
  }

  private static ScriptError wrongCount(String what, String expected, int found) {
    return ScriptError.of(
        Type.MISSING_METHOD, "%s takes %s arguments, not %d".formatted(what, expected, found));
  }

  private @Nullable Object body(Statement.Block body, Frame frame) {
    BranchLine branch = frame.context().branch();
    branch.enterCall(run.budget().limits().callDepth());
    try {
      return switch (run.statements().executeIn(body, frame)) {
        case Completion.Normal normal -> normal.value();
        case Completion.Returned returned -> returned.value();
        case Completion.Jump _ -> null;
      };
    } finally {
      branch.leaveCall();
    }
  }

  /** Whether {@code case label:} is taken for a value. */
  boolean isCase(@Nullable Object label, @Nullable Object value, Context context) {
    if (label instanceof ClosureValue closure) {
      List<@Nullable Object> arguments = new ArrayList<>();
      arguments.add(value);
      return Values.truth(callClosure(closure, arguments, context));
    }
    return run.operators().isCase(label, value);
  }
}
