package dev.deputy.pipeline;

import dev.deputy.pipeline.Expression.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Binary operators on values. */
final class Operators {
  private final Values values;
  private final Budget budget;

  Operators(Values values, Budget budget) {
    this.values = values;
    this.budget = budget;
  }

  @Nullable Object apply(Operator operator, @Nullable Object left, @Nullable Object right) {
    try {
      if (left instanceof ObjectValue object && !operator.method().isEmpty()) {
        Object own = values.operator(object, operator.method(), right);
        if (!Names.isAbsent(own)) {
          return own;
        }
      }
      return result(operator, left, right);
    } catch (ArithmeticException _) {
      throw ScriptError.of(Type.ARITHMETIC, "the number is too big");
    }
  }

  private @Nullable Object result(
      Operator operator, @Nullable Object left, @Nullable Object right) {
    return switch (operator) {
      case PLUS -> plus(left, right);
      case MINUS -> minus(left, right);
      case MULTIPLY -> multiply(left, right);
      case SHIFT_LEFT -> shiftLeft(left, right);
      case EQUAL -> values.equal(left, right);
      case NOT_EQUAL -> !values.equal(left, right);
      case LESS -> values.compare(left, right) < 0;
      case LESS_OR_EQUAL -> values.compare(left, right) <= 0;
      case GREATER -> values.compare(left, right) > 0;
      case GREATER_OR_EQUAL -> values.compare(left, right) >= 0;
      case COMPARE -> Integer.signum(values.compare(left, right));
      case IN -> isIn(left, right);
      case NOT_IN -> !isIn(left, right);
      case FIND -> new MatcherValue(pattern(right), values.text(left), budget);
      case MATCH -> matches(left, right);
      case AND, OR, XOR -> logical(operator, left, right);
      case IDENTICAL -> values.identical(left, right);
      case NOT_IDENTICAL -> !values.identical(left, right);
      case DIVIDE, REMAINDER, POWER, SHIFT_RIGHT, SHIFT_RIGHT_UNSIGNED ->
          numeric(operator, left, right);
    };
  }

  private Object numeric(Operator operator, @Nullable Object left, @Nullable Object right) {
    if (!(left instanceof Number a && right instanceof Number b)) {
      throw undefined(operator, left, right);
    }
    return switch (operator) {
      case DIVIDE -> Arithmetic.divide(a, b);
      case REMAINDER -> Arithmetic.remainder(a, b);
      case POWER -> Arithmetic.power(a, b);
      default -> Arithmetic.shift(operator, a, b);
    };
  }

  private Object plus(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return Arithmetic.add(a, b);
    }
    if (left instanceof List<?> list) {
      return like(list, joined(list, right instanceof List<?> more ? more : single(right)));
    }
    if (left instanceof Map<?, ?> map && right instanceof Map<?, ?> more) {
      budget.elements((long) map.size() + more.size(), map.size() + more.size());
      Map<@Nullable Object, @Nullable Object> sum = new LinkedHashMap<>(map);
      sum.putAll(more);
      return sum;
    }
    if (left instanceof String
        || (right instanceof String && (left == null || left instanceof Number))) {
      return concatenated(values.text(left), values.text(right));
    }
    throw undefined(Operator.PLUS, left, right);
  }

  /** A set of these, if the other one is a set. */
  private static List<@Nullable Object> like(List<?> other, List<@Nullable Object> items) {
    return other instanceof SetValue set ? set.of(items) : items;
  }

  private static List<@Nullable Object> single(@Nullable Object value) {
    List<@Nullable Object> list = new ArrayList<>();
    list.add(value);
    return list;
  }

  private String concatenated(String left, String right) {
    budget.string((long) left.length() + right.length());
    return left + right;
  }

  private List<@Nullable Object> joined(List<?> left, List<?> right) {
    budget.elements((long) left.size() + right.size(), (long) left.size() + right.size());
    List<@Nullable Object> sum = new ArrayList<>(left);
    sum.addAll(right);
    return sum;
  }

  private Object minus(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return Arithmetic.subtract(a, b);
    }
    if (left instanceof List<?> list) {
      return like(list, without(list, right instanceof List<?> removed ? removed : single(right)));
    }
    if (left instanceof Map<?, ?> map && right instanceof Map<?, ?> removed) {
      Map<@Nullable Object, @Nullable Object> rest = new LinkedHashMap<>(map);
      removed.forEach((key, value) -> {
        if (rest.containsKey(key) && values.equal(rest.get(key), value)) {
          rest.remove(key);
        }
      });
      return rest;
    }
    if (left instanceof String text && right instanceof Pattern pattern) {
      return Replacement.without(text, pattern, budget);
    }
    if (left instanceof String text && right != null) {
      String removed = values.text(right);
      int at = text.indexOf(removed);
      budget.string(text.length());
      return at < 0 ? text : text.substring(0, at) + text.substring(at + removed.length());
    }
    throw undefined(Operator.MINUS, left, right);
  }

  private List<@Nullable Object> without(List<?> list, List<?> removed) {
    List<@Nullable Object> rest = new ArrayList<>();
    budget.elements(list.size(), list.size());
    for (Object item : list) {
      if (values.indexOf(removed, item) < 0) {
        rest.add(item);
      }
    }
    return rest;
  }

  private Object multiply(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return Arithmetic.multiply(a, b);
    }
    if (right instanceof Number times && (left instanceof String || left instanceof List<?>)) {
      long count = times.longValue();
      if (count < 0) {
        throw ScriptError.of(
            Type.ILLEGAL_ARGUMENT,
            "multiply() should be called with a number of 0 or greater not: " + count);
      }
      return left instanceof String text ? repeated(text, count) : repeated((List<?>) left, count);
    }
    throw undefined(Operator.MULTIPLY, left, right);
  }

  private String repeated(String text, long count) {
    budget.string(text.length() * Math.min(count, 1L << 31));
    return text.isEmpty() ? "" : text.repeat((int) count);
  }

  private List<@Nullable Object> repeated(List<?> list, long count) {
    List<@Nullable Object> result = new ArrayList<>();
    if (!list.isEmpty()) {
      long size = list.size() * Math.min(count, 1L << 31);
      budget.elements(size, size);
      for (long i = 0; i < count; i++) {
        result.addAll(list);
      }
    }
    return result;
  }

  @SuppressWarnings("unchecked") // every list and map of pipeline code holds any value
  private Object shiftLeft(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return Arithmetic.shift(Operator.SHIFT_LEFT, a, b);
    }
    if (left instanceof List<?> list) {
      return appended((List<@Nullable Object>) list, right);
    }
    if (left instanceof Map<?, ?> map && right instanceof Map<?, ?> more) {
      budget.elements((long) map.size() + more.size(), more.size());
      ((Map<@Nullable Object, @Nullable Object>) map).putAll(more);
      return map;
    }
    if (left instanceof String text) {
      return concatenated(text, values.text(right));
    }
    throw undefined(Operator.SHIFT_LEFT, left, right);
  }

  private List<@Nullable Object> appended(List<@Nullable Object> list, @Nullable Object item) {
    budget.elements(list.size() + 1L, 1);
    try {
      list.add(item);
    } catch (UnsupportedOperationException _) {
      throw ScriptError.unchangeable();
    }
    return list;
  }

  /** {@code value in container}. */
  private boolean isIn(@Nullable Object value, @Nullable Object container) {
    return switch (container) {
      case null -> value == null;
      case List<?> list -> values.placeOf(list, value) >= 0;
      case Map<?, ?> map -> Values.isKey(value) && map.containsKey(value);
      case Pattern pattern -> Regex.matches(Regex.matcher(pattern, values.text(value), budget));
      case Type type -> Values.isInstance(value, type);
      case String text -> value != null && text.equals(values.text(value));
      default -> values.equal(container, value);
    };
  }

  /** {@code case label:} for everything but closures; of a map the value has to be true. */
  boolean isCase(@Nullable Object label, @Nullable Object value) {
    if (label instanceof Map<?, ?> map) {
      return Values.isKey(value) && Values.truth(map.get(value));
    }
    return isIn(value, label);
  }

  private boolean matches(@Nullable Object left, @Nullable Object right) {
    return left != null && Regex.matches(Regex.matcher(pattern(right), values.text(left), budget));
  }

  Pattern pattern(@Nullable Object value) {
    return value instanceof Pattern pattern ? pattern : Regex.compile(values.text(value));
  }

  private Object logical(Operator operator, @Nullable Object left, @Nullable Object right) {
    if (left instanceof Boolean a) {
      boolean b = Values.truth(right);
      return switch (operator) {
        case AND -> a && b;
        case OR -> a || b;
        default -> a ^ b;
      };
    }
    if (left instanceof Number a && right instanceof Number b) {
      return Arithmetic.bits(operator, a, b);
    }
    throw undefined(operator, left, right);
  }

  private static ScriptError undefined(
      Operator operator, @Nullable Object left, @Nullable Object right) {
    String message =
        "operator %s is not defined for %s and %s"
            .formatted(operator.symbol(), Values.typeName(left), Values.typeName(right));
    return ScriptError.of(
        left == null || right == null ? Type.NULL_POINTER : Type.MISSING_METHOD, message);
  }
}
