package dev.deputy.pipeline;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** The methods of numbers. */
final class NumberMethods {
  private static final int MAX_SCALE = 1_000;

  private NumberMethods() {}

  static MethodTable<Number> table() {
    return new MethodTable<Number>("Number")
        .add("toInteger", 0, (n, _) -> Arithmetic.toInteger(n))
        .add("intValue", 0, (n, _) -> Arithmetic.toInteger(n))
        .add("toLong", 0, (n, _) -> n.longValue())
        .add("longValue", 0, (n, _) -> n.longValue())
        .add("toBigDecimal", 0, (n, _) -> Arithmetic.decimal(n))
        .add("toDouble", 0, (n, _) -> n.doubleValue())
        .add("doubleValue", 0, (n, _) -> n.doubleValue())
        .add("floatValue", 0, (n, _) -> n.floatValue())
        .add("toBigInteger", 0, (n, _) -> Arithmetic.big(n))
        .add("hashCode", 0, (n, _) -> n.hashCode())
        .add("next", 0, (n, _) -> Arithmetic.add(n, 1))
        .add("previous", 0, (n, _) -> Arithmetic.subtract(n, 1))
        .add("negate", 0, (n, _) -> Arithmetic.negate(n))
        .add("add", 1, (n, a) -> Arithmetic.add(n, a.number(0)))
        .add("subtract", 1, (n, a) -> Arithmetic.subtract(n, a.number(0)))
        .add("divide", 1, (n, a) -> Arithmetic.divide(n, a.number(0)))
        .add("scale", 0, (n, _) -> Arithmetic.decimal(n).scale())
        .add("precision", 0, (n, _) -> Arithmetic.decimal(n).precision())
        .add("unscaledValue", 0, (n, _) -> Arithmetic.decimal(n).unscaledValue())
        .add("stripTrailingZeros", 0, (n, _) -> Arithmetic.decimal(n).stripTrailingZeros())
        .add(
            "toPlainString", 0, (n, _) -> Arithmetic.bounded(Arithmetic.decimal(n)).toPlainString())
        .add("trunc", 0, 1, NumberMethods::trunc)
        .add("isNaN", 0, (n, _) -> Double.isNaN(n.doubleValue()))
        .add("isInfinite", 0, (n, _) -> Double.isInfinite(n.doubleValue()))
        .add("toFloat", 0, (n, _) -> n.floatValue())
        .add("abs", 0, (n, _) -> Arithmetic.absolute(n))
        .add("intdiv", 1, (n, a) -> Arithmetic.intDivide(n, a.number(0)))
        .add("plus", 1, (n, a) -> a.run().operators().apply(Expression.Operator.PLUS, n, a.get(0)))
        .add("minus", 1, (n, a) -> Arithmetic.subtract(n, a.number(0)))
        .add("multiply", 1, (n, a) -> Arithmetic.multiply(n, a.number(0)))
        .add("div", 1, (n, a) -> Arithmetic.divide(n, a.number(0)))
        .add("mod", 1, (n, a) -> Arithmetic.remainder(n, a.number(0)))
        .add("power", 1, (n, a) -> Arithmetic.power(n, a.number(0)))
        .add("compareTo", 1, (n, a) -> Arithmetic.compare(n, a.number(0)))
        .add("round", 0, 1, NumberMethods::round)
        .add("setScale", 1, NumberMethods::round)
        .add("times", 1, NumberMethods::times)
        .add("upto", 2, (n, a) -> count(n, a, 1))
        .add("downto", 2, (n, a) -> count(n, a, -1))
        .add("step", 3, NumberMethods::step);
  }

  private static Object round(Number number, Arguments arguments) {
    if (arguments.count() == 0) {
      return number instanceof BigDecimal
          ? StaticMethods.rounded(number, RoundingMode.HALF_UP)
          : (Number) Math.round(number.doubleValue());
    }
    int scale = Math.clamp(arguments.integer(0), -MAX_SCALE, MAX_SCALE);
    BigDecimal decimal = Arithmetic.decimal(number);
    if (Arithmetic.isFloat(number)) {
      return decimal.setScale(scale, RoundingMode.HALF_UP).doubleValue();
    }
    return decimal.scale() <= scale && arguments.method().equals("round")
        ? decimal
        : decimal.setScale(scale, RoundingMode.HALF_UP);
  }

  private static Object trunc(Number number, Arguments arguments) {
    int scale = arguments.count() == 0 ? 0 : Math.clamp(arguments.integer(0), 0, MAX_SCALE);
    BigDecimal cut = Arithmetic.decimal(number).setScale(scale, RoundingMode.DOWN);
    return Arithmetic.isFloat(number) ? (Number) cut.doubleValue() : cut;
  }

  private static @Nullable Object times(Number number, Arguments arguments) {
    long count = number.longValue();
    for (long i = 0; i < count; i++) {
      arguments.call(arguments.closure(0), (int) i);
    }
    return null;
  }

  private static @Nullable Object count(Number from, Arguments arguments, int direction) {
    Number to = arguments.number(0);
    for (Number i = from;
        Integer.signum(Arithmetic.compare(i, to)) != direction;
        i = Arithmetic.add(i, direction)) {
      arguments.call(arguments.closure(1), i);
    }
    return null;
  }

  private static @Nullable Object step(Number from, Arguments arguments) {
    Number to = arguments.number(0);
    Number by = arguments.number(1);
    int direction = Arithmetic.compare(by, 0);
    if (direction == 0) {
      throw ScriptError.of(Type.ILLEGAL_ARGUMENT, "step() takes a distance that is not 0");
    }
    for (Number i = from;
        Integer.signum(Arithmetic.compare(to, i)) == direction;
        i = Arithmetic.add(i, by)) {
      arguments.call(arguments.closure(2), i);
    }
    return null;
  }
}
