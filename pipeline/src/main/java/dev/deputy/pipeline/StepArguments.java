package dev.deputy.pipeline;

import dev.deputy.pipeline.StepSignature.Kind;
import dev.deputy.pipeline.StepSignature.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes values across the border between pipeline code and steps: binds arguments to a signature,
 * and copies values in both directions, so that neither side sees the other change them.
 */
final class StepArguments {
  private static final int MAX_NESTING = 20;

  private final Budget budget;
  private final Values values;

  StepArguments(Budget budget, Values values) {
    this.budget = budget;
    this.values = values;
  }

  /** The arguments of a call by parameter name. */
  Map<String, @Nullable Object> bind(
      StepSignature step, List<@Nullable Object> positional, Map<?, ?> named) {
    Map<?, ?> given = named;
    Map<String, @Nullable Object> bound = new LinkedHashMap<>();
    Optional<Parameter> lone = step.defaultParameter();
    if (positional.size() == 1 && named.isEmpty() && isArguments(positional.getFirst(), lone)) {
      given = (Map<?, ?>) positional.getFirst();
    } else if (positional.size() > 1 || (!positional.isEmpty() && !named.isEmpty())) {
      throw wrong(step, "takes one argument, or several with their names (name: value)");
    } else if (!positional.isEmpty()) {
      Parameter parameter =
          lone.orElseThrow(() -> wrong(step, "takes its arguments by name (name: value) only"));
      put(step, parameter, positional.getFirst(), bound);
    }
    given.forEach((name, value) -> bindNamed(step, values.text(name), value, bound));
    for (Parameter parameter : step.parameters()) {
      if (parameter.required() && bound.get(parameter.name()) == null) {
        throw wrong(
            step,
            bound.containsKey(parameter.name())
                ? "got null for '" + parameter.name() + "'"
                : "needs '" + parameter.name() + "'");
      }
    }
    return Collections.unmodifiableMap(bound);
  }

  /** A map alone stands for named arguments, unless the step takes a map. */
  private static boolean isArguments(@Nullable Object value, Optional<Parameter> lone) {
    return value instanceof Map<?, ?> map
        && !map.containsKey("$class")
        && lone.map(Parameter::kind).filter(k -> k == Kind.MAP || k == Kind.ANY).isEmpty();
  }

  private void bindNamed(
      StepSignature step,
      String name,
      @Nullable Object value,
      Map<String, @Nullable Object> bound) {
    Parameter parameter =
        step.parameters().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> wrong(step, "has no argument '" + name + "'"));
    put(step, parameter, value, bound);
  }

  /** Null is as good as nothing where nothing is enough. */
  private void put(
      StepSignature step,
      Parameter parameter,
      @Nullable Object value,
      Map<String, @Nullable Object> bound) {
    if (value != null || parameter.required()) {
      bound.put(parameter.name(), convert(step, parameter, value));
    }
  }

  private @Nullable Object convert(
      StepSignature step, Parameter parameter, @Nullable Object value) {
    if (value == null) {
      return step.name().equals("echo") ? "null" : null;
    }
    Object plain = toStep(value);
    Object fitting =
        switch (parameter.kind()) {
          case STRING -> plain instanceof List || plain instanceof Map ? null : plain.toString();
          case BOOLEAN -> toBoolean(plain);
          case INTEGER -> toNumber(plain);
          case LIST -> plain instanceof List ? plain : null;
          case MAP -> plain instanceof Map ? plain : null;
          case ANY -> plain;
        };
    if (fitting == null) {
      throw wrong(
          step,
          "takes a %s for '%s', not a %s"
              .formatted(kindName(parameter.kind()), parameter.name(), Values.typeName(value)));
    }
    return fitting;
  }

  static String kindName(Kind kind) {
    return switch (kind) {
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case INTEGER -> "whole number";
      case LIST -> "list";
      case MAP -> "map";
      case ANY -> "value";
    };
  }

  private static @Nullable Object toBoolean(Object value) {
    return switch (value) {
      case Boolean flag -> flag;
      case String text when text.equals("true") -> true;
      case String text when text.equals("false") -> false;
      default -> null;
    };
  }

  private static @Nullable Object toNumber(Object value) {
    return switch (value) {
      case Integer _, Long _ -> value;
      case BigDecimal decimal when decimal.stripTrailingZeros().scale() <= 0 -> decimal.longValue();
      case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
          number.longValue();
      case String text when text.matches("-?\\d{1,9}") -> Integer.valueOf(text);
      default -> null;
    };
  }

  /** A value as steps get it. */
  Object toStep(Object value) {
    return toStep(value, 0);
  }

  private Object toStep(Object value, int depth) {
    budget.output(value instanceof String text ? text.length() : 8);
    if (depth > MAX_NESTING) {
      throw ScriptError.refused("an argument of a step is nested too deeply");
    }
    return switch (value) {
      case String _, Boolean _, Integer _, Long _, BigDecimal _ -> value;
      case Double number when number.isNaN() || number.isInfinite() -> number.toString();
      case Number number -> Arithmetic.decimal(number);
      case List<?> list -> {
        budget.elements(list.size(), list.size());
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(item -> copy.add(item == null ? null : toStep(item, depth + 1)));
        yield Collections.unmodifiableList(copy);
      }
      case Map<?, ?> map -> {
        budget.elements(map.size(), map.size());
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, item) ->
            copy.put(values.text(key), item == null ? null : toStep(item, depth + 1)));
        yield Collections.unmodifiableMap(copy);
      }
      case ErrorValue error -> error.text();
      case LazyText lazy -> lazy.text();
      case ObjectValue _,
          DeclaredClass _,
          ScriptValue _,
          KnownValue _,
          NamedClass _,
          Type _,
          Pattern _ ->
          values.text(value);
      case Global global when global == Global.SCM -> Map.of("$class", "scm");
      default ->
          throw ScriptError.refused(
              "a " + Values.typeName(value) + " cannot be an argument of a step");
    };
  }

  /** What a step returned, as pipeline code gets it. */
  @Nullable Object fromStep(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> {
        budget.string(text.length());
        yield text;
      }
      case Boolean _, Integer _, Long _, BigDecimal _ -> value;
      case List<?> list -> {
        budget.elements(list.size(), list.size());
        List<@Nullable Object> copy =
            list instanceof JsonArray ? new JsonArray() : new ArrayList<>();
        list.forEach(item -> copy.add(fromStep(item)));
        yield copy;
      }
      case Map<?, ?> map -> {
        budget.elements(map.size(), map.size());
        Map<Object, @Nullable Object> copy =
            map instanceof JsonObject ? new JsonObject() : new LinkedHashMap<>();
        map.forEach((key, item) -> copy.put(fromStep(key), fromStep(item)));
        yield copy;
      }
      default -> throw new IllegalStateException("a step returned a " + value.getClass().getName());
    };
  }

  private static ScriptError wrong(StepSignature step, String what) {
    return ScriptError.of(Type.ILLEGAL_ARGUMENT, "step '" + step.name() + "' " + what);
  }
}
