package dev.deputy.pipeline;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.IllegalFormatConversionException;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.MissingFormatArgumentException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Static methods and constants of the few types that have some. */
final class StaticMethods {
  private final MethodTable<Type> math = mathTable();
  private final MethodTable<Type> numbers = numberTable();
  private final MethodTable<Type> text = textTable();
  private final MethodTable<Type> bool = booleanTable();

  /** A mark for Jenkins' pages, which shows nowhere here. */
  private final MethodTable<Type> stages =
      new MethodTable<Type>("Utils").add("markStageSkippedForConditional", 1, (_, _) -> null);

  private final MethodTable<Type> none = new MethodTable<>("this type");

  @Nullable Object call(Type type, Arguments arguments) {
    return table(type).call(type, arguments);
  }

  boolean has(Type type, String name) {
    return table(type).names().contains(name);
  }

  /** Names of all static methods. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (MethodTable<Type> table : List.of(math, numbers, text, bool, stages)) {
      names.addAll(table.names());
    }
    names.remove("new");
    return names;
  }

  private MethodTable<Type> table(Type type) {
    return switch (type) {
      case MATH -> math;
      case INTEGER, LONG, BIG, DECIMAL, DOUBLE, FLOAT -> numbers;
      case TEXT -> text;
      case BOOLEAN -> bool;
      case STAGE_UTILS -> stages;
      default -> none;
    };
  }

  static Object property(Type type, String name) {
    if (List.of(Type.RESULT, Type.UNIT, Type.LOCALE, Type.CHARSETS).contains(type)) {
      return constant(type, name);
    }
    return switch (type.displayName() + "." + name) {
      case "Integer.MAX_VALUE" -> Integer.MAX_VALUE;
      case "Integer.MIN_VALUE" -> Integer.MIN_VALUE;
      case "Long.MAX_VALUE" -> Long.MAX_VALUE;
      case "Long.MIN_VALUE" -> Long.MIN_VALUE;
      case "Closure.OWNER_FIRST" -> 0;
      case "Closure.DELEGATE_FIRST" -> 1;
      case "Closure.OWNER_ONLY" -> 2;
      case "Closure.DELEGATE_ONLY" -> 3;
      case "Closure.TO_SELF" -> 4;
      case "BigDecimal.ZERO" -> BigDecimal.ZERO;
      case "BigDecimal.ONE" -> BigDecimal.ONE;
      case "BigDecimal.TEN" -> BigDecimal.TEN;
      case "Double.MAX_VALUE" -> Double.MAX_VALUE;
      case "Double.NaN" -> Double.NaN;
      case "Math.PI" -> Math.PI;
      case "Math.E" -> Math.E;
      default ->
          throw ScriptError.of(
              Type.MISSING_PROPERTY, "No such property: " + name + " of " + type.displayName());
    };
  }

  /** Constants that are only handed on: here they are their names. */
  private static String constant(Type type, String name) {
    if (type == Type.RESULT) {
      return Globals.result(name).name();
    }
    return type == Type.CHARSETS ? name.replace('_', '-') : name;
  }

  private static MethodTable<Type> mathTable() {
    return new MethodTable<Type>("Math")
        .add("max", 2, (_, a) -> larger(a.number(0), a.number(1)))
        .add(
            "min",
            2,
            (_, a) ->
                larger(a.number(0), a.number(1)).equals(a.number(0)) ? a.number(1) : a.number(0))
        .add("random", 0, (_, a) -> ChanceTypes.fraction(a))
        .add("abs", 1, (_, a) -> Arithmetic.absolute(a.number(0)))
        .add("round", 1, (_, a) -> Math.round(a.number(0).doubleValue()))
        .add("floor", 1, (_, a) -> Math.floor(a.number(0).doubleValue()))
        .add("ceil", 1, (_, a) -> Math.ceil(a.number(0).doubleValue()))
        .add("sqrt", 1, (_, a) -> Math.sqrt(a.number(0).doubleValue()))
        .add("log", 1, (_, a) -> Math.log(a.number(0).doubleValue()))
        .add("log10", 1, (_, a) -> Math.log10(a.number(0).doubleValue()))
        .add("signum", 1, (_, a) -> Math.signum(a.number(0).doubleValue()))
        .add("floorMod", 2, (_, a) -> floorMod(a.number(0), a.number(1)))
        .add("pow", 2, (_, a) -> Math.pow(a.number(0).doubleValue(), a.number(1).doubleValue()));
  }

  private static Number larger(Number a, Number b) {
    Number larger = Arithmetic.compare(a, b) >= 0 ? a : b;
    return Arithmetic.add(larger, Arithmetic.multiply(0, larger.equals(a) ? b : a));
  }

  private static Number floorMod(Number a, Number b) {
    Number rest = Arithmetic.remainder(a, b);
    boolean other = Arithmetic.compare(rest, 0) * Arithmetic.compare(b, 0) < 0;
    return other ? Arithmetic.add(rest, b) : rest;
  }

  static BigDecimal rounded(Number number, RoundingMode mode) {
    BigDecimal decimal = Arithmetic.decimal(number);
    return decimal.scale() <= 0 ? decimal : decimal.setScale(0, mode);
  }

  private static MethodTable<Type> numberTable() {
    return new MethodTable<Type>("this type")
        .add("parseInt", 1, 2, (_, a) -> parse(a).intValue())
        .add("parseLong", 1, (_, a) -> Coercion.parse(a.text(0), Type.LONG))
        .add("parseDouble", 1, (_, a) -> Coercion.parse(a.text(0), Type.DOUBLE))
        .add("parseFloat", 1, (_, a) -> Coercion.parse(a.text(0), Type.FLOAT))
        .add("valueOf", 1, (t, a) -> a.run().members().convert(a.get(0), t))
        .add("toString", 1, 2, (_, a) -> inRadix(a))
        .add("toHexString", 1, (_, a) -> Long.toHexString(unsigned(a)))
        .add("toBinaryString", 1, (_, a) -> Long.toBinaryString(unsigned(a)))
        .add("toOctalString", 1, (_, a) -> Long.toOctalString(unsigned(a)))
        .add("compare", 2, (_, a) -> Arithmetic.compare(a.number(0), a.number(1)))
        .add("isNaN", 1, (_, a) -> Double.isNaN(a.number(0).doubleValue()));
  }

  private static Number parse(Arguments arguments) {
    if (arguments.count() == 1) {
      return Coercion.parse(arguments.text(0), Type.INTEGER);
    }
    try {
      return Integer.parseInt(arguments.text(0), arguments.integer(1));
    } catch (NumberFormatException broken) {
      throw ScriptError.of(Type.NUMBER_FORMAT, broken.getMessage());
    }
  }

  private static String inRadix(Arguments arguments) {
    return arguments.count() == 1
        ? arguments.values().text(arguments.number(0))
        : Long.toString(arguments.number(0).longValue(), arguments.integer(1));
  }

  /** The bits of a number; of an Integer 32. */
  private static long unsigned(Arguments arguments) {
    Number number = arguments.number(0);
    return number instanceof Integer small ? Integer.toUnsignedLong(small) : number.longValue();
  }

  private static MethodTable<Type> textTable() {
    return new MethodTable<Type>("String")
        .add("valueOf", 1, (_, a) -> a.values().text(a.get(0)))
        .add("new", 0, 2, (_, a) -> a.count() == 0 ? "" : made(a))
        .add(
            "join",
            2,
            20,
            (_, a) ->
                a.run()
                    .invocations()
                    .method(
                        a.get(1) instanceof List<?> list
                            ? list
                            : a.positional().subList(1, a.count()),
                        "join",
                        List.of(a.text(0)),
                        a.context()))
        .add("format", 1, 20, (_, a) -> format(a.text(0), a, 1));
  }

  /** {@code new String(bytes)}, {@code new String('x')}. */
  private static String made(Arguments arguments) {
    return arguments.get(0) instanceof List<?> bytes
        ? new String(TextTypes.bytes(bytes, arguments), StandardCharsets.UTF_8)
        : arguments.values().text(arguments.get(0));
  }

  private static MethodTable<Type> booleanTable() {
    return new MethodTable<Type>("Boolean")
        .add("parseBoolean", 1, (_, a) -> Boolean.parseBoolean(a.values().text(a.get(0))))
        .add("valueOf", 1, (_, a) -> Boolean.parseBoolean(a.values().text(a.get(0))));
  }

  /** {@code printf} with widths and precisions of at most three digits. */
  static String format(String template, Arguments arguments, int from) {
    arguments.budget().string(template.length());
    if (template.matches("(?s).*%[^a-zA-Z%\\n]{0,40}\\d{4}.*")) {
      throw ScriptError.of(Type.ILLEGAL_ARGUMENT, "the format asks for too wide a field");
    }
    Object[] values = new Object[arguments.count() - from];
    for (int i = 0; i < values.length; i++) {
      Object value = arguments.get(from + i);
      values[i] = value instanceof Number ? value : arguments.values().text(value);
    }
    try {
      String result = template.formatted(values);
      arguments.budget().string(result.length());
      return result;
    } catch (MissingFormatArgumentException broken) {
      throw ScriptError.of(Type.MISSING_FORMAT_ARGUMENT, broken.getMessage());
    } catch (IllegalFormatConversionException broken) {
      throw ScriptError.of(Type.FORMAT_CONVERSION, broken.getMessage());
    } catch (IllegalFormatException broken) {
      throw ScriptError.of(Type.ILLEGAL_ARGUMENT, "format: " + broken.getMessage());
    }
  }
}
