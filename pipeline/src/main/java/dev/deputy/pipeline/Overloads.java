package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Chooses among methods of one name, and gives arguments to parameters. */
final class Overloads {
  /** The argument cannot be given to the parameter. */
  private static final int NEVER = -1;

  private static final Position NOWHERE = new Position("", 0, 0);
  private static final Statement.Block NOTHING = new Statement.Block(NOWHERE, List.of());
  private static final int UNTYPED = 50;
  private static final int CONVERTED = 5;

  private final Interpreter run;

  Overloads(Interpreter run) {
    this.run = run;
  }

  /** The method that fits best; of equal ones the first. */
  <T> Optional<T> choose(
      List<T> methods, Function<T, Script.Method> method, List<@Nullable Object> arguments) {
    T best = null;
    int least = Integer.MAX_VALUE;
    for (T each : methods) {
      int distance = distance(method.apply(each), arguments);
      if (distance != NEVER && distance < least) {
        best = each;
        least = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  private int distance(Script.Method method, List<@Nullable Object> arguments) {
    List<Expression.Parameter> parameters = method.parameters();
    int given = arguments.size();
    if (given == 0 && parameters.size() == 1) {
      return parameters.getFirst().defaultValue() != null || method.takesMore() ? 1 : 1_000;
    }
    if (given >= required(parameters) && given <= parameters.size()) {
      int distance = fit(parameters, arguments);
      if (distance != NEVER) {
        return distance + (parameters.size() - given);
      }
    }
    return method.takesMore() ? spread(parameters, arguments) : NEVER;
  }

  /** How well the arguments fit, one for one. */
  private int fit(List<Expression.Parameter> parameters, List<@Nullable Object> arguments) {
    long optional = arguments.size() - required(parameters);
    int next = 0;
    int sum = 0;
    for (Expression.Parameter parameter : parameters) {
      if (parameter.defaultValue() == null || optional-- > 0) {
        int distance = distance(arguments.get(next++), parameter.type());
        if (distance == NEVER) {
          return NEVER;
        }
        sum += distance;
      }
    }
    return sum;
  }

  private int spread(List<Expression.Parameter> parameters, List<@Nullable Object> arguments) {
    int single = parameters.size() - 1;
    if (arguments.size() < single) {
      return NEVER;
    }
    int sum = 2_000;
    for (int i = 0; i < arguments.size(); i++) {
      TypeRef type =
          i < single
              ? parameters.get(i).type()
              : ((TypeRef.Array) parameters.get(single).type()).element();
      int distance = distance(arguments.get(i), type);
      if (distance == NEVER) {
        return NEVER;
      }
      sum += distance;
    }
    return sum;
  }

  private int distance(@Nullable Object value, TypeRef type) {
    if (type == Type.ANY || type == Type.VOID || type instanceof TypeRef.Unavailable) {
      return value == null ? 0 : UNTYPED;
    }
    if (value == null) {
      return 1;
    }
    if (type instanceof TypeRef.Array) {
      return value instanceof List<?> ? 1 : NEVER;
    }
    if (run.classes().isInstance(value, type)) {
      return value instanceof ObjectValue object && type instanceof TypeRef.Declared declared
          ? generations(object.type(), run.classes().of(declared))
          : 0;
    }
    return converts(value, type) ? CONVERTED : NEVER;
  }

  private static int generations(DeclaredClass type, DeclaredClass above) {
    int distance = 0;
    for (DeclaredClass each = type; each != null && !each.equals(above); each = each.parent()) {
      distance++;
    }
    return distance;
  }

  /** What Groovy converts when it calls a method. */
  private static boolean converts(Object value, TypeRef type) {
    return switch (value) {
      case Integer _ -> type == Type.LONG || type == Type.DECIMAL;
      case Long _ -> type == Type.DECIMAL;
      case ClosureValue _ -> type instanceof TypeRef.Declared;
      case Map<?, ?> _ -> false;
      default -> false;
    };
  }

  static long required(List<Expression.Parameter> parameters) {
    return parameters.stream().filter(parameter -> parameter.defaultValue() == null).count();
  }

  /** Declares the parameters of a chosen method; defaults go to those on the right. */
  void bind(Script.Method method, List<@Nullable Object> given, Frame frame) {
    List<Expression.Parameter> parameters = method.parameters();
    List<@Nullable Object> arguments = new ArrayList<>(given);
    if (arguments.isEmpty() && parameters.size() == 1 && !method.takesMore()) {
      if (parameters.getFirst().defaultValue() == null) {
        arguments.add(null);
      }
    }
    if (method.takesMore() && needsGathering(parameters, arguments)) {
      int single = parameters.size() - 1;
      List<@Nullable Object> rest =
          new ArrayList<>(arguments.subList(Math.min(single, arguments.size()), arguments.size()));
      arguments = new ArrayList<>(arguments.subList(0, Math.min(single, arguments.size())));
      arguments.add(rest);
    }
    bind(parameters, arguments, frame);
  }

  private static boolean needsGathering(
      List<Expression.Parameter> parameters, List<@Nullable Object> arguments) {
    return arguments.size() != parameters.size() || !(arguments.getLast() instanceof List<?>);
  }

  /** Declares the parameters of a closure. One list for several parameters is taken apart. */
  void bind(
      ClosureValue closure,
      List<Expression.Parameter> parameters,
      List<@Nullable Object> given,
      Frame frame) {
    List<@Nullable Object> arguments =
        parameters.size() > 1 && given.size() == 1 && given.getFirst() instanceof List<?> list
            ? new ArrayList<>(list)
            : given;
    Script.Method like =
        new Script.Method(NOWHERE, "call", parameters, Type.ANY, false, false, NOTHING);
    boolean fits =
        arguments.size() >= required(parameters) && arguments.size() <= parameters.size();
    if (!fits && !like.takesMore() && !(arguments.isEmpty() && parameters.size() == 1)) {
      throw run.invocations().missingMethod(closure, "call", given);
    }
    bind(like, arguments, frame);
  }

  /** Declares parameters; there are as many arguments as are needed. */
  private void bind(
      List<Expression.Parameter> parameters, List<@Nullable Object> arguments, Frame frame) {
    long optional = arguments.size() - required(parameters);
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
}
