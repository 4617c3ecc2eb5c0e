package dev.deputy.pipeline;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a value one of a type: casts, {@code as}, typed variables, {@code toInteger()}. */
final class Coercion {
  private final Values values;

  Coercion(Values values) {
    this.values = values;
  }

  @Nullable Object to(Type type, @Nullable Object value) {
    if (value == null || Values.isInstance(value, type)) {
      return value == null && type == Type.BOOLEAN ? (Object) false : value;
    }
    return switch (type) {
      case ANY, VOID -> value;
      case TEXT -> values.text(value);
      case BOOLEAN -> Values.truth(value);
      case INTEGER -> Arithmetic.toInteger(number(value, type));
      case LONG -> number(value, type).longValue();
      case DECIMAL -> Arithmetic.decimal(number(value, type));
      case NUMBER -> number(value, type);
      case LIST -> list(value);
      default -> throw impossible(value, type);
    };
  }

  private Number number(Object value, Type type) {
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
        case LONG -> (Number) Long.valueOf(plain);
        default -> plain.length() > 1_000 ? tooLong(plain) : new BigDecimal(plain);
      };
    } catch (NumberFormatException _) {
      throw ScriptError.of(Type.NUMBER_FORMAT, "For input string: \"" + text + "\"");
    }
  }

  private static Number tooLong(String text) {
    throw new NumberFormatException(text);
  }

  private static Object list(Object value) {
    if (value instanceof Map<?, ?> map) {
      List<@Nullable Object> entries = new ArrayList<>();
      map.forEach((key, item) -> entries.add(new EntryValue(key, item)));
      return entries;
    }
    throw impossible(value, Type.LIST);
  }

  private static ScriptError impossible(Object value, Type type) {
    return ScriptError.of(
        Type.CLASS_CAST,
        "a %s cannot become a %s".formatted(Values.typeName(value), type.displayName()));
  }
}
