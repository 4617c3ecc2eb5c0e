package dev.deputy.pipeline;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What values of pipeline code are: null, Boolean, Integer, Long, BigDecimal, String, List, Map,
 * and this package's own values. Truth, text, equality and types, as Groovy has them.
 */
final class Values {
  private static final int MAX_NESTING = 100;

  private final Budget budget;
  private @Nullable ObjectBehaviour objects;

  Values(Budget budget) {
    this.budget = budget;
  }

  /** Whom to ask about objects of declared classes. */
  void use(ObjectBehaviour behaviour) {
    objects = behaviour;
  }

  private ObjectBehaviour objects() {
    return Objects.requireNonNull(objects);
  }

  /** As {@code if} takes a value. */
  boolean isTrue(@Nullable Object value) {
    return value instanceof ObjectValue object ? objects().isTrue(object) : truth(value);
  }

  /** What an operator does with an object on its left, or {@link Names#ABSENT}. */
  @Nullable Object operator(ObjectValue object, String method, @Nullable Object right) {
    return objects().operator(object, method, right);
  }

  static boolean truth(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Boolean flag -> flag;
      case Integer number -> number != 0;
      case Long number -> number != 0;
      case Number number -> Arithmetic.compare(number, 0) != 0;
      case String text -> !text.isEmpty();
      case List<?> list -> !list.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case MatcherValue matcher -> matcher.reset().next(); // as in Groovy it stands there then
      default -> true;
    };
  }

  /** As {@code inspect()} shows it: with quotes around texts. */
  String inspected(@Nullable Object value) {
    StringBuilder builder = new StringBuilder();
    inspect(value, builder, 0);
    return builder.toString();
  }

  private void inspect(@Nullable Object value, StringBuilder builder, int depth) {
    switch (value) {
      case String text ->
          budget.append(builder, "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'");
      case List<?> list when depth < MAX_NESTING -> {
        String separator = "[";
        for (Object item : list) {
          budget.append(builder, separator);
          inspect(item, builder, depth + 1);
          separator = ", ";
        }
        budget.append(builder, list.isEmpty() ? "[]" : "]");
      }
      case Map<?, ?> map when depth < MAX_NESTING -> {
        String separator = "[";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          budget.append(builder, separator);
          inspect(entry.getKey(), builder, depth + 1);
          budget.append(builder, ":");
          inspect(entry.getValue(), builder, depth + 1);
          separator = ", ";
        }
        budget.append(builder, map.isEmpty() ? "[:]" : "]");
      }
      case null, default -> append(value, builder, depth);
    }
  }

  /** As {@code "${value}"} shows it. */
  String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    StringBuilder builder = new StringBuilder();
    append(value, builder, 0);
    return builder.toString();
  }

  private void append(@Nullable Object value, StringBuilder builder, int depth) {
    budget.operation();
    if (depth > MAX_NESTING) {
      throw new BudgetExceeded("the pipeline printed a value that is nested too deeply");
    }
    switch (value) {
      case RangeValue range -> budget.append(builder, range.text());
      case JsonObject json -> budget.append(builder, objects().json(json));
      case JsonArray json -> budget.append(builder, objects().json(json));
      case List<?> list -> appendAll(list, builder, depth);
      case Map<?, ?> map -> appendEntries(map, builder, depth);
      case EntryValue entry -> {
        append(entry.key(), builder, depth + 1);
        budget.append(builder, "=");
        append(entry.value(), builder, depth + 1);
      }
      case ErrorValue error -> budget.append(builder, error.text());
      case Pattern pattern -> budget.append(builder, pattern.pattern());
      case Global global -> budget.append(builder, global.expression());
      case ClosureValue _ -> budget.append(builder, "closure");
      case LazyText lazy -> budget.append(builder, lazy.text());
      case ObjectValue object -> budget.append(builder, objects().text(object));
      case DeclaredClass type -> budget.append(builder, "class " + type.name());
      case NamedClass type -> budget.append(builder, type.toString());
      case KnownValue known -> budget.append(builder, text(known));
      case Type type ->
          budget.append(
              builder,
              (type.is(Type.COLLECTION) || type == Type.MAP ? "interface " : "class ")
                  + type.qualifiedName());
      case ScriptValue script -> budget.append(builder, script.name());
      case PackageValue above -> budget.append(builder, above.path());
      case MatcherValue matcher -> appendAll(matcher.found(), builder, depth);
      case null, default -> budget.append(builder, String.valueOf(value));
    }
  }

  private static String text(KnownValue value) {
    return switch (value.content()) {
      case Instant date when value.type() == Type.DATE -> Dates.text(date);
      case InterruptionCause cause -> cause.description();
      default -> value.content().toString();
    };
  }

  private void appendAll(List<?> list, StringBuilder builder, int depth) {
    String separator = "[";
    for (Object item : list) {
      budget.append(builder, separator);
      append(item, builder, depth + 1);
      separator = ", ";
    }
    budget.append(builder, list.isEmpty() ? "[]" : "]");
  }

  private void appendEntries(Map<?, ?> map, StringBuilder builder, int depth) {
    String separator = "[";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      budget.append(builder, separator);
      append(entry.getKey(), builder, depth + 1);
      budget.append(builder, ":");
      append(entry.getValue(), builder, depth + 1);
      separator = ", ";
    }
    budget.append(builder, map.isEmpty() ? "[:]" : "]");
  }

  /** A text as a list of texts of one character. */
  List<@Nullable Object> characters(String text) {
    budget.elements(text.length(), text.length());
    List<@Nullable Object> characters = new ArrayList<>(text.length());
    for (int i = 0; i < text.length(); i++) {
      characters.add(text.substring(i, i + 1));
    }
    return characters;
  }

  /** {@code a == b}. */
  boolean equal(@Nullable Object a, @Nullable Object b) {
    return equal(a, b, 0);
  }

  @SuppressWarnings("ReferenceEquality") // a short cut; what follows compares values
  private boolean equal(@Nullable Object a, @Nullable Object b, int depth) {
    budget.operation();
    if (depth > MAX_NESTING) {
      throw new BudgetExceeded("the pipeline compared values that are nested too deeply");
    }
    if (a == b) {
      return true;
    }
    return switch (a) {
      case ObjectValue object -> objects().equal(object, b);
      case Number left when b instanceof Number right -> Arithmetic.compare(left, right) == 0;
      case Number left when b instanceof String right -> isCode(left, right);
      case String left when b instanceof Number right -> isCode(right, left);
      case SetValue left -> b instanceof SetValue right && equalSets(left, right, depth + 1);
      case List<?> left when b instanceof List<?> right && !(b instanceof SetValue) ->
          equalItems(left, right, depth + 1);
      case Map<?, ?> left when b instanceof Map<?, ?> right -> equalEntries(left, right, depth + 1);
      case EntryValue left when b instanceof EntryValue right ->
          equal(left.key(), right.key(), depth + 1)
              && equal(left.value(), right.value(), depth + 1);
      case String left when b instanceof String right -> {
        budget.operations(Math.min(left.length(), right.length()) >> 6);
        yield left.equals(right);
      }
      case NamedClass left when b instanceof Type right -> left.is(right);
      case Type left when b instanceof NamedClass right -> right.is(left);
      case null, default -> Objects.equals(simple(a), simple(b));
    };
  }

  /** In Groovy a text of one character equals the number that is its code. */
  private static boolean isCode(Number number, String text) {
    return text.length() == 1 && Arithmetic.compare(number, (int) text.charAt(0)) == 0;
  }

  /** Values without parts; lists and maps are only equal to their likes. */
  private static @Nullable Object simple(@Nullable Object value) {
    return value instanceof List || value instanceof Map ? new Object() : value;
  }

  private boolean equalItems(List<?> left, List<?> right, int depth) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(left.get(i), right.get(i), depth)) {
        return false;
      }
    }
    return true;
  }

  /** Whatever their order. */
  private boolean equalSets(SetValue left, SetValue right, int depth) {
    return left.size() == right.size()
        && left.stream().allMatch(item -> hasEqual(right, item, depth));
  }

  private boolean hasEqual(SetValue set, @Nullable Object value, int depth) {
    return (SetValue.isPlain(value) && set.has(value))
        || set.stream().anyMatch(item -> equal(item, value, depth));
  }

  /** What it costs to look for a text, which is compared with an equal one. */
  void compared(String text) {
    budget.operations(text.length() >> 6);
  }

  private boolean equalEntries(Map<?, ?> left, Map<?, ?> right, int depth) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : left.entrySet()) {
      if (!right.containsKey(entry.getKey())
          || !equal(entry.getValue(), right.get(entry.getKey()), depth)) {
        return false;
      }
    }
    return true;
  }

  /** {@code a === b}, {@code a.is(b)}: the same object; values without parts are by their value. */
  @SuppressWarnings("ReferenceEquality")
  boolean identical(@Nullable Object a, @Nullable Object b) {
    return a == b || (isKey(a) && exactly(a, b));
  }

  /**
   * {@code a.equals(b)} of the JVM, by which collections look for values: numbers of different
   * types are never equal.
   */
  boolean exactly(@Nullable Object a, @Nullable Object b) {
    return (isKey(a) || isKey(b)) ? Objects.equals(a, b) : equal(a, b);
  }

  /** Where {@code list} has exactly this value, or -1. */
  int placeOf(List<?> list, @Nullable Object value) {
    for (int i = 0; i < list.size(); i++) {
      budget.operation();
      if (exactly(list.get(i), value)) {
        return i;
      }
    }
    return -1;
  }

  /** Where {@code list} has a value equal to this one, or -1. */
  int indexOf(List<?> list, @Nullable Object value) {
    for (int i = 0; i < list.size(); i++) {
      if (equal(list.get(i), value)) {
        return i;
      }
    }
    return -1;
  }

  /** {@code a <=> b}. */
  int compare(@Nullable Object a, @Nullable Object b) {
    budget.operation();
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    Integer ordered = a instanceof ObjectValue object ? objects().compare(object, b) : null;
    if (ordered != null) {
      return ordered;
    }
    Integer known = a instanceof KnownValue left ? ordered(left, b) : null;
    if (known != null) {
      return known;
    }
    return switch (a) {
      case Number left when b instanceof Number right -> Arithmetic.compare(left, right);
      case String left when b instanceof String right -> {
        budget.operations(Math.min(left.length(), right.length()) >> 6);
        yield left.compareTo(right);
      }
      case Boolean left when b instanceof Boolean right -> left.compareTo(right);
      default ->
          throw ScriptError.of(
              Type.ILLEGAL_ARGUMENT,
              "Cannot compare a %s with a %s".formatted(typeName(a), typeName(b)));
    };
  }

  /** How two values of one library class compare; null if they do not. */
  @SuppressWarnings("unchecked")
  private static @Nullable Integer ordered(KnownValue left, @Nullable Object other) {
    return other instanceof KnownValue right
            && right.type() == left.type()
            && left.content() instanceof Comparable<?> comparable
        ? (Integer) ((Comparable<Object>) comparable).compareTo(right.content())
        : null;
  }

  /** Whether a value can be the key of a map: it is cheap to compare. */
  static boolean isKey(@Nullable Object value) {
    return !(value instanceof List || value instanceof Map || value instanceof EntryValue);
  }

  /** The value, if it can be the key of a map. */
  static @Nullable Object key(@Nullable Object value) {
    if (!isKey(value)) {
      throw ScriptError.refused(
          "a " + typeName(value) + " cannot be the key of a map; use a string or a number");
    }
    return value;
  }

  static boolean isInstance(@Nullable Object value, Type type) {
    return switch (value) {
      case null -> false;
      case ErrorValue error -> error.type().is(type);
      case Object _ when type == Type.ANY -> true;
      case String _ -> type == Type.TEXT;
      case Boolean _ -> type == Type.BOOLEAN;
      case Integer _ -> type == Type.INTEGER || type == Type.NUMBER;
      case Long _ -> type == Type.LONG || type == Type.NUMBER;
      case BigDecimal _ -> type == Type.DECIMAL || type == Type.NUMBER;
      case BigInteger _ -> type == Type.BIG || type == Type.NUMBER;
      case Double _ -> type == Type.DOUBLE || type == Type.NUMBER;
      case Float _ -> type == Type.FLOAT || type == Type.NUMBER;
      case SetValue _ -> Type.SET.is(type);
      case List<?> _ -> Type.LIST.is(type);
      case Map<?, ?> _ -> type == Type.MAP;
      case EntryValue _ -> type == Type.ENTRY;
      case ClosureValue _ -> type == Type.CLOSURE || type == Type.FUNCTION;
      case KnownValue known -> known.type().is(type);
      default -> false;
    };
  }

  /** The full name of a value's class, as Groovy's messages have it. */
  String className(@Nullable Object value) {
    return ClassNames.of(value);
  }

  /** The classes of arguments, in parentheses. */
  String classNames(List<?> values) {
    return values.stream().map(this::className).collect(Collectors.joining(", ", "(", ")"));
  }

  /** What to call a value's type in a message. */
  static String typeName(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String _ -> "String";
      case Boolean _ -> "Boolean";
      case Number number -> number.getClass().getSimpleName();
      case RangeValue _ -> "Range";
      case SetValue _ -> "Set";
      case List<?> _ -> "List";
      case Map<?, ?> _ -> "Map";
      case EntryValue _ -> "Map.Entry";
      case ClosureValue _ -> "Closure";
      case Pattern _ -> "Pattern";
      case MatcherValue _ -> "Matcher";
      case ErrorValue error -> error.type().displayName();
      case ObjectValue object -> object.type().name();
      case DeclaredClass type -> "class " + type.name();
      case NamedClass _, Type _ -> "class";
      case KnownValue known -> known.type().displayName();
      case ScriptValue _ -> "script";
      case Global global -> global.expression();
      default -> "value";
    };
  }
}
