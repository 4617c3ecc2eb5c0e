package dev.deputy.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of one call of a built-in method, and what the method may use. */
record Arguments(
    String method, List<@Nullable Object> positional, Interpreter run, Context context) {
  int count() {
    return positional.size();
  }

  @Nullable Object get(int index) {
    return positional.get(index);
  }

  /** A text; numbers and the like are not taken for one. */
  String text(int index) {
    Object value = positional.get(index);
    if (value instanceof String text) {
      return text;
    }
    throw wrong(index, "String");
  }

  int integer(int index) {
    if (positional.get(index) instanceof Integer number) {
      return number;
    }
    throw wrong(index, "Integer");
  }

  Number number(int index) {
    if (positional.get(index) instanceof Number number) {
      return number;
    }
    throw wrong(index, "number");
  }

  List<?> list(int index) {
    if (positional.get(index) instanceof List<?> list) {
      return list;
    }
    throw wrong(index, "List");
  }

  Map<?, ?> map(int index) {
    if (positional.get(index) instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong(index, "Map");
  }

  ClosureValue closure(int index) {
    if (positional.get(index) instanceof ClosureValue closure) {
      return closure;
    }
    throw wrong(index, "Closure");
  }

  /** The last argument, if it is a closure. */
  boolean endsWithClosure() {
    return !positional.isEmpty() && positional.getLast() instanceof ClosureValue;
  }

  @Nullable Object call(ClosureValue closure, @Nullable Object... values) {
    return run.invocations().callClosure(closure, Arrays.asList(values), context);
  }

  /** Calls a closure for a list item or a map entry, which may be taken as key and value. */
  @Nullable Object callFor(ClosureValue closure, @Nullable Object item) {
    return item instanceof EntryValue entry && closure.arity() == 2
        ? call(closure, entry.key(), entry.value())
        : call(closure, item);
  }

  boolean test(ClosureValue closure, @Nullable Object item) {
    return Values.truth(callFor(closure, item));
  }

  Budget budget() {
    return run.budget();
  }

  Values values() {
    return run.values();
  }

  private ScriptError wrong(int index, String expected) {
    return ScriptError.of(
        Type.MISSING_METHOD,
        "argument %d of %s() is a %s, not a %s"
            .formatted(index + 1, method, Values.typeName(positional.get(index)), expected));
  }
}
