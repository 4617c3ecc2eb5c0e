package dev.deputy.pipeline;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as Groovy has them: Integer and Long wrap around, everything else is a BigDecimal.
 * Floating point does not exist here; {@code 1.5d} is the decimal 1.5.
 */
final class Arithmetic {
  /** What Groovy adds to the precision of a division that does not come out even. */
  private static final int DIVISION_DIGITS = 10;

  private static final int MAX_DIGITS = 10_000;

  private Arithmetic() {}

  static BigDecimal decimal(Number number) {
    return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
  }

  private static boolean isDecimal(Number a, Number b) {
    return a instanceof BigDecimal || b instanceof BigDecimal;
  }

  private static boolean isInt(Number a, Number b) {
    return a instanceof Integer && b instanceof Integer;
  }

  static int compare(Number a, Number b) {
    return isDecimal(a, b)
        ? decimal(a).compareTo(decimal(b))
        : Long.compare(a.longValue(), b.longValue());
  }

  static Number add(Number a, Number b) {
    if (isDecimal(a, b)) {
      return aligned(decimal(a), decimal(b)).add(decimal(b));
    }
    return isInt(a, b) ? (Number) (a.intValue() + b.intValue()) : a.longValue() + b.longValue();
  }

  static Number subtract(Number a, Number b) {
    if (isDecimal(a, b)) {
      return aligned(decimal(a), decimal(b)).subtract(decimal(b));
    }
    return isInt(a, b) ? (Number) (a.intValue() - b.intValue()) : a.longValue() - b.longValue();
  }

  static Number multiply(Number a, Number b) {
    if (isDecimal(a, b)) {
      return bounded(decimal(a).multiply(decimal(b)));
    }
    return isInt(a, b) ? (Number) (a.intValue() * b.intValue()) : a.longValue() * b.longValue();
  }

  /** Always a decimal: {@code 10 / 4} is 2.5. */
  static Number divide(Number a, Number b) {
    BigDecimal left = decimal(a);
    BigDecimal right = nonZero(decimal(b));
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
    if (isDecimal(a, b)) {
      throw ScriptError.refused("intdiv() takes whole numbers");
    }
    nonZero(decimal(b));
    return isInt(a, b) ? (Number) (a.intValue() / b.intValue()) : a.longValue() / b.longValue();
  }

  static Number remainder(Number a, Number b) {
    nonZero(decimal(b));
    if (isDecimal(a, b)) {
      return aligned(decimal(a), decimal(b)).remainder(decimal(b));
    }
    return isInt(a, b) ? (Number) (a.intValue() % b.intValue()) : a.longValue() % b.longValue();
  }

  static Number power(Number base, Number exponent) {
    if (exponent instanceof BigDecimal || exponent.longValue() < 0) {
      throw ScriptError.refused("** takes a whole number that is not negative as exponent");
    }
    long digits = decimal(base).precision() * exponent.longValue();
    if (digits > MAX_DIGITS || exponent.longValue() > MAX_DIGITS) {
      throw tooBig();
    }
    BigDecimal result = decimal(base).pow(exponent.intValue());
    return base instanceof BigDecimal ? result : narrowed(result.toBigInteger());
  }

  static Number negate(Number number) {
    return switch (number) {
      case Integer value -> -value;
      case Long value -> -value;
      default -> decimal(number).negate();
    };
  }

  static Number absolute(Number number) {
    return compare(number, 0) < 0 ? negate(number) : number;
  }

  /** {@code 5.toInteger()} and casts: cuts off, wraps around. */
  static Number toInteger(Number number) {
    return number instanceof BigDecimal decimal ? (Number) decimal.intValue() : number.intValue();
  }

  static Number shift(Number number, Number by) {
    long distance = by.longValue();
    if (number instanceof Integer value) {
      return distance >= 0 ? value << distance : value >> -distance;
    }
    if (number instanceof Long value) {
      return distance >= 0 ? value << distance : value >> -distance;
    }
    throw ScriptError.refused("<< and >> take whole numbers");
  }

  private static Number narrowed(BigInteger value) {
    if (value.bitLength() < Integer.SIZE) {
      return value.intValueExact();
    }
    return value.bitLength() < Long.SIZE ? (Number) value.longValueExact() : new BigDecimal(value);
  }

  private static BigDecimal nonZero(BigDecimal divisor) {
    if (divisor.signum() == 0) {
      throw ScriptError.of(Type.ARITHMETIC, "Division by zero");
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

  private static BigDecimal bounded(BigDecimal result) {
    if (result.precision() > MAX_DIGITS || Math.abs((long) result.scale()) > MAX_DIGITS) {
      throw tooBig();
    }
    return result;
  }

  private static ScriptError tooBig() {
    return ScriptError.of(Type.ARITHMETIC, "the number has too many digits");
  }
}
