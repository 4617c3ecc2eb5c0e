package dev.deputy.pipeline;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a value one of a type: casts, {@code as}, typed variables, {@code toInteger()}. */
final class Coercion {
  private static final int LONGEST_NUMBER = 1_000;
  private static final Pattern FLOATING =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?[dDfF]?|[+-]?(NaN|Infinity)");

  private final Values values;

  Coercion(Values values) {
    this.values = values;
  }

  /** {@code (type) value}, and what a typed variable does; a text is no number here. */
  @Nullable Object to(Type type, @Nullable Object value) {
    if (value instanceof String text && isNumber(type)) {
      if (text.length() != 1) {
        throw impossible(value, type);
      }
      return number(type, (int) text.charAt(0));
    }
    if ((value instanceof String && type.is(Type.COLLECTION))
        || (value instanceof SetValue && type == Type.LIST)) {
      throw impossible(value, type);
    }
    return as(type, value);
  }

  /** {@code value as type}. */
  @Nullable Object as(Type type, @Nullable Object value) {
    if (value == null || Values.isInstance(value, type)) {
      return value == null && type == Type.BOOLEAN ? (Object) false : value;
    }
    if (isNumber(type)) {
      return number(type, number(value, type));
    }
    return switch (type) {
      case ANY, VOID -> value;
      case TEXT -> values.text(value);
      case BOOLEAN -> Values.truth(value);
      case LIST, COLLECTION -> list(value);
      case SET -> {
        if (!(value instanceof List<?> list)) {
          throw impossible(value, type);
        }
        yield new SetValue(values, list);
      }
      default -> throw impossible(value, type);
    };
  }

  private static boolean isNumber(Type type) {
    return switch (type) {
      case INTEGER, LONG, BIG, DECIMAL, DOUBLE, FLOAT, NUMBER -> true;
      default -> false;
    };
  }

  private static Object number(Type type, Number number) {
    return switch (type) {
      case INTEGER -> Arithmetic.toInteger(number);
      case LONG -> number.longValue();
      case BIG -> Arithmetic.big(number);
      case DECIMAL -> Arithmetic.decimal(number);
      case DOUBLE -> number.doubleValue();
      case FLOAT -> number.floatValue();
      default -> number;
    };
  }

  private static Number number(Object value, Type type) {
    return switch (value) {
      case Number number -> number;
      case String text -> parse(text, type);
      default -> throw impossible(value, type);
    };
  }

  /** A number from its text. */
  static Number parse(String text, Type type) {
    String plain = text.strip();
    try {
      return switch (type) {
        case INTEGER -> (Number) Integer.valueOf(plain);
        case LONG -> Long.valueOf(plain);
        case BIG -> plain.length() > LONGEST_NUMBER ? tooLong(plain) : new BigInteger(plain);
        case DOUBLE -> Double.valueOf(floating(plain));
        case FLOAT -> Float.valueOf(floating(plain));
        default -> plain.length() > LONGEST_NUMBER ? tooLong(plain) : new BigDecimal(plain);
      };
    } catch (NumberFormatException broken) {
      String message = type == Type.DECIMAL ? broken.getMessage() : null;
      throw ScriptError.of(
          Type.NUMBER_FORMAT, message == null ? "For input string: \"" + text + "\"" : message);
    }
  }

  private static String floating(String text) {
    if (text.length() > LONGEST_NUMBER || !FLOATING.matcher(text).matches()) {
      throw new NumberFormatException(text);
    }
    return text;
  }

  private static Number tooLong(String text) {
    throw new NumberFormatException("a number of " + text.length() + " digits is too long");
  }

  private Object list(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        List<@Nullable Object> entries = new ArrayList<>();
        map.forEach((key, item) -> entries.add(new EntryValue(key, item)));
        yield entries;
      }
      case SetValue set -> new ArrayList<@Nullable Object>(set);
      case String text -> values.characters(text);
      default -> throw impossible(value, Type.LIST);
    };
  }

  private static ScriptError impossible(Object value, Type type) {
    return ScriptError.of(
        Type.CLASS_CAST,
        "a %s cannot become a %s".formatted(Values.typeName(value), type.displayName()));
  }
}
