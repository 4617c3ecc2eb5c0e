package dev.deputy.pipeline;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as Groovy has them: Integer and Long wrap around; the wider of two operands' types
 * decides (Integer, Long, BigInteger, BigDecimal, Double).
 */
final class Arithmetic {
  /** The type that an operation is done in. */
  private enum Kind {
    INT,
    LONG,
    BIG,
    DECIMAL,
    FLOAT;

    static Kind of(Number number) {
      return switch (number) {
        case Double _, Float _ -> FLOAT;
        case BigDecimal _ -> DECIMAL;
        case BigInteger _ -> BIG;
        case Long _ -> LONG;
        default -> INT;
      };
    }

    static Kind of(Number a, Number b) {
      Kind left = of(a);
      Kind right = of(b);
      return left.compareTo(right) >= 0 ? left : right;
    }
  }

  /** What Groovy adds to the precision of a division that does not come out even. */
  private static final int DIVISION_DIGITS = 10;

  private static final int MAX_DIGITS = 10_000;
  private static final int MAX_BITS = 33_000;

  private Arithmetic() {}

  static BigDecimal decimal(Number number) {
    return switch (number) {
      case BigDecimal decimal -> decimal;
      case BigInteger big -> new BigDecimal(big);
      case Double _, Float _ -> new BigDecimal(number.toString());
      default -> BigDecimal.valueOf(number.longValue());
    };
  }

  static BigInteger big(Number number) {
    return switch (number) {
      case BigInteger big -> big;
      case BigDecimal decimal -> bounded(decimal).toBigInteger();
      case Double _, Float _ -> new BigDecimal(number.toString()).toBigInteger();
      default -> BigInteger.valueOf(number.longValue());
    };
  }

  static boolean isFloat(Number number) {
    return Kind.of(number) == Kind.FLOAT;
  }

  static boolean isWhole(Number number) {
    return Kind.of(number).compareTo(Kind.BIG) <= 0;
  }

  static int compare(Number a, Number b) {
    if (a instanceof Integer x && b instanceof Integer y) {
      return Integer.compare(x, y);
    }
    return switch (Kind.of(a, b)) {
      case INT, LONG -> Long.compare(a.longValue(), b.longValue());
      case BIG -> big(a).compareTo(big(b));
      case DECIMAL -> decimal(a).compareTo(decimal(b));
      case FLOAT -> Double.compare(a.doubleValue(), b.doubleValue());
    };
  }

  static Number add(Number a, Number b) {
    if (a instanceof Integer x && b instanceof Integer y) {
      return x + y;
    }
    return switch (Kind.of(a, b)) {
      case INT -> a.intValue() + b.intValue();
      case LONG -> a.longValue() + b.longValue();
      case BIG -> bounded(big(a).add(big(b)));
      case DECIMAL -> aligned(decimal(a), decimal(b)).add(decimal(b));
      case FLOAT -> a.doubleValue() + b.doubleValue();
    };
  }

  static Number subtract(Number a, Number b) {
    if (a instanceof Integer x && b instanceof Integer y) {
      return x - y;
    }
    return switch (Kind.of(a, b)) {
      case INT -> a.intValue() - b.intValue();
      case LONG -> a.longValue() - b.longValue();
      case BIG -> bounded(big(a).subtract(big(b)));
      case DECIMAL -> aligned(decimal(a), decimal(b)).subtract(decimal(b));
      case FLOAT -> a.doubleValue() - b.doubleValue();
    };
  }

  static Number multiply(Number a, Number b) {
    return switch (Kind.of(a, b)) {
      case INT -> a.intValue() * b.intValue();
      case LONG -> a.longValue() * b.longValue();
      case BIG -> bounded(big(a).multiply(big(b)));
      case DECIMAL -> bounded(decimal(a).multiply(decimal(b)));
      case FLOAT -> a.doubleValue() * b.doubleValue();
    };
  }

  /** A decimal, unless there are floating numbers: {@code 10 / 4} is 2.5. */
  static Number divide(Number a, Number b) {
    if (Kind.of(a, b) == Kind.FLOAT) {
      return a.doubleValue() / b.doubleValue();
    }
    BigDecimal left = decimal(a);
    BigDecimal right = nonZero(decimal(b), "Division by zero");
    try {
      return bounded(left.divide(right));
    } catch (ArithmeticException _) {
      int precision = Math.max(left.precision(), right.precision()) + DIVISION_DIGITS;
      BigDecimal result = left.divide(right, new MathContext(precision));
      int scale = Math.max(Math.max(left.scale(), right.scale()), DIVISION_DIGITS);
      return result.scale() > scale ? result.setScale(scale, RoundingMode.HALF_UP) : result;
    }
  }

  static Number intDivide(Number a, Number b) {
    return switch (wholeKind(a, b, "intdiv()")) {
      case INT -> {
        nonZero(decimal(b), "/ by zero");
        yield a.intValue() / b.intValue();
      }
      case LONG -> {
        nonZero(decimal(b), "/ by zero");
        yield a.longValue() / b.longValue();
      }
      default -> {
        nonZero(decimal(b), "BigInteger divide by zero");
        yield big(a).divide(big(b));
      }
    };
  }

  static Number remainder(Number a, Number b) {
    Kind kind = Kind.of(a, b);
    switch (kind) {
      case INT, LONG -> nonZero(decimal(b), "/ by zero");
      case BIG -> nonZero(decimal(b), "BigInteger divide by zero");
      case DECIMAL -> nonZero(decimal(b), "Division by zero");
      case FLOAT -> {}
    }
    return switch (kind) {
      case INT -> a.intValue() % b.intValue();
      case LONG -> a.longValue() % b.longValue();
      case BIG -> big(a).remainder(big(b));
      case DECIMAL -> aligned(decimal(a), decimal(b)).remainder(decimal(b));
      case FLOAT -> a.doubleValue() % b.doubleValue();
    };
  }

  static Number power(Number base, Number exponent) {
    if (!(exponent instanceof Integer times) || times < 0 || isFloat(base)) {
      return shortest(Math.pow(base.doubleValue(), exponent.doubleValue()));
    }
    if (decimal(base).precision() * (long) times > MAX_DIGITS || times > MAX_DIGITS) {
      throw tooBig();
    }
    if (base instanceof BigDecimal decimal) {
      return bounded(decimal.pow(times));
    }
    BigInteger result = big(base).pow(times);
    return switch (base) {
      case Integer _ when result.bitLength() < Integer.SIZE -> result.intValueExact();
      case Long _ when result.bitLength() < Long.SIZE -> result.longValueExact();
      default -> result;
    };
  }

  /** As Groovy has the result of a power with a fraction: an Integer or Long, if it is one. */
  private static Number shortest(double value) {
    if ((int) value == value) {
      return (int) value;
    }
    return (long) value == value ? (Number) (long) value : value;
  }

  static Number negate(Number number) {
    return switch (number) {
      case Integer value -> -value;
      case Long value -> -value;
      case BigInteger value -> value.negate();
      case BigDecimal value -> value.negate();
      case Float value -> -value;
      default -> -number.doubleValue();
    };
  }

  static Number absolute(Number number) {
    return compare(number, 0) < 0 ? negate(number) : number;
  }

  /** {@code ~number}. */
  static Number complement(Number number) {
    return switch (number) {
      case Integer value -> ~value;
      case Long value -> ~value;
      case BigInteger value -> value.not();
      default -> throw ScriptError.refused("~ takes a whole number");
    };
  }

  /** {@code & | ^} of whole numbers. */
  static Number bits(Expression.Operator operator, Number a, Number b) {
    Kind kind = wholeKind(a, b, operator.symbol());
    BigInteger left = big(a);
    BigInteger right = big(b);
    BigInteger result =
        switch (operator) {
          case AND -> left.and(right);
          case OR -> left.or(right);
          default -> left.xor(right);
        };
    return switch (kind) {
      case INT -> result.intValue();
      case LONG -> (Number) result.longValue();
      default -> result;
    };
  }

  /** {@code 5.toInteger()} and casts: cuts off, wraps around. */
  static Number toInteger(Number number) {
    return number instanceof BigDecimal decimal ? (Number) decimal.intValue() : number.intValue();
  }

  /** {@code << >> >>>}, with distances as the JVM has them. */
  static Number shift(Expression.Operator operator, Number number, Number by) {
    if (!isWhole(by)) {
      throw ScriptError.refused(operator.symbol() + " takes whole numbers");
    }
    int distance = (int) by.longValue();
    boolean left = operator == Expression.Operator.SHIFT_LEFT;
    boolean unsigned = operator == Expression.Operator.SHIFT_RIGHT_UNSIGNED;
    return switch (number) {
      case Integer value when left -> value << distance;
      case Integer value -> unsigned ? value >>> distance : value >> distance;
      case Long value when left -> value << distance;
      case Long value -> unsigned ? value >>> distance : value >> distance;
      case BigInteger value when !unsigned && Math.abs((long) distance) <= MAX_BITS ->
          bounded(left ? value.shiftLeft(distance) : value.shiftRight(distance));
      default -> throw ScriptError.refused(operator.symbol() + " takes whole numbers");
    };
  }

  private static Kind wholeKind(Number a, Number b, String what) {
    Kind kind = Kind.of(a, b);
    if (kind.compareTo(Kind.BIG) > 0) {
      throw ScriptError.refused(what + " takes whole numbers");
    }
    return kind;
  }

  private static BigDecimal nonZero(BigDecimal divisor, String message) {
    if (divisor.signum() == 0) {
      throw ScriptError.of(Type.ARITHMETIC, message);
    }
    return divisor;
  }

  /** Guards against 1e999999999 + 1, which would have to be written out. */
  private static BigDecimal aligned(BigDecimal a, BigDecimal b) {
    long top = Math.max(a.precision() - (long) a.scale(), b.precision() - (long) b.scale());
    long bottom = Math.min(-(long) a.scale(), -(long) b.scale());
    if (top - bottom > MAX_DIGITS) {
      throw tooBig();
    }
    return a;
  }

  static BigDecimal bounded(BigDecimal result) {
    if (result.precision() > MAX_DIGITS || Math.abs((long) result.scale()) > MAX_DIGITS) {
      throw tooBig();
    }
    return result;
  }

  private static BigInteger bounded(BigInteger result) {
    if (result.bitLength() > MAX_BITS) {
      throw tooBig();
    }
    return result;
  }

  private static ScriptError tooBig() {
    return ScriptError.of(Type.ARITHMETIC, "the number has too many digits");
  }
}
