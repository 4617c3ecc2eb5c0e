package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The methods of lists (and, over their entries, of maps) that go through all items. */
final class Traversal {
  private Traversal() {}

  static void addTo(MethodTable<List<@Nullable Object>> table) {
    table
        .add("each", 1, Traversal::each)
        .add("reverseEach", 1, Traversal::reverseEach)
        .add("eachWithIndex", 1, Traversal::eachWithIndex)
        .add("collect", 0, 2, Traversal::collect)
        .add("collectMany", 1, Traversal::collectMany)
        .add("collectEntries", 0, 1, Traversal::collectEntries)
        .add("withIndex", 0, 1, Traversal::withIndex)
        .add("indexed", 0, Traversal::indexed)
        .add("find", 0, 1, ListMethods::find)
        .add("findAll", 0, 1, (l, a) -> filtered(l, a, true))
        .add("findResult", 1, 2, Traversal::findResult)
        .add("findResults", 1, Traversal::findResults)
        .add("findIndexOf", 1, (l, a) -> first(l, i -> a.test(a.closure(0), l.get(i))))
        .add("grep", 0, 1, Traversal::grep)
        .add("any", 0, 1, (l, a) -> first(l, i -> holds(l.get(i), a)) >= 0)
        .add("every", 0, 1, (l, a) -> first(l, i -> !holds(l.get(i), a)) < 0)
        .add("count", 1, Traversal::count)
        .add("inject", 1, 2, Traversal::inject)
        .add("sum", 0, 2, Traversal::sum)
        .add("split", 1, Traversal::split)
        .add("takeWhile", 1, (l, a) -> ListMethods.copy(l.subList(0, run(l, a)), a))
        .add("dropWhile", 1, (l, a) -> ListMethods.copy(l.subList(run(l, a), l.size()), a));
  }

  private static boolean holds(@Nullable Object item, Arguments arguments) {
    return arguments.count() == 0 ? Values.truth(item) : arguments.test(arguments.closure(0), item);
  }

  private static int first(List<?> list, IntPredicate test) {
    for (int i = 0; i < list.size(); i++) {
      if (test.test(i)) {
        return i;
      }
    }
    return -1;
  }

  /** How many items at the start fulfil a condition. */
  private static int run(List<?> list, Arguments arguments) {
    int end = first(list, i -> !holds(list.get(i), arguments));
    return end < 0 ? list.size() : Math.min(end, list.size());
  }

  static void add(List<@Nullable Object> list, @Nullable Object item, Arguments arguments) {
    arguments.budget().elements(list.size() + 1L, 1);
    list.add(item);
  }

  private static Object each(List<?> list, Arguments arguments) {
    for (int i = 0; i < list.size(); i++) {
      arguments.callFor(arguments.closure(0), list.get(i));
    }
    return list;
  }

  private static Object reverseEach(List<?> list, Arguments arguments) {
    for (int i = list.size() - 1; i >= 0 && i < list.size(); i--) {
      arguments.callFor(arguments.closure(0), list.get(i));
    }
    return list;
  }

  private static Object eachWithIndex(List<?> list, Arguments arguments) {
    ClosureValue closure = arguments.closure(0);
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof EntryValue entry && closure.arity() == 3) {
        arguments.call(closure, entry.key(), entry.value(), i);
      } else {
        arguments.call(closure, list.get(i), i);
      }
    }
    return list;
  }

  private static Object collect(List<?> list, Arguments arguments) {
    List<@Nullable Object> result =
        arguments.count() == 2 ? ListMethods.copy(arguments.list(0), arguments) : new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Object item = list.get(i);
      add(
          result,
          arguments.count() == 0
              ? item
              : arguments.callFor(arguments.closure(arguments.count() - 1), item),
          arguments);
    }
    return result;
  }

  private static Object collectMany(List<?> list, Arguments arguments) {
    List<@Nullable Object> result = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Object items = arguments.callFor(arguments.closure(0), list.get(i));
      for (Object item : arguments.run().members().spreadable(items)) {
        add(result, item, arguments);
      }
    }
    return result;
  }

  private static Object collectEntries(List<?> list, Arguments arguments) {
    Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
    for (int i = 0; i < list.size(); i++) {
      Object item = list.get(i);
      Object entry = arguments.count() == 0 ? item : arguments.callFor(arguments.closure(0), item);
      switch (entry) {
        case Map<?, ?> map -> result.putAll(map);
        case EntryValue one -> result.put(one.key(), one.value());
        case List<?> pair when pair.size() == 2 -> result.put(Values.key(pair.get(0)), pair.get(1));
        case null, default ->
            throw ScriptError.of(
                Type.ILLEGAL_ARGUMENT, "collectEntries() takes maps or pairs of key and value");
      }
      arguments.budget().elements(result.size(), 2);
    }
    return result;
  }

  private static Object withIndex(List<?> list, Arguments arguments) {
    int offset = arguments.count() > 0 ? arguments.integer(0) : 0;
    List<@Nullable Object> result = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      List<@Nullable Object> pair = new ArrayList<>();
      pair.add(list.get(i));
      pair.add(i + offset);
      add(result, pair, arguments);
    }
    return result;
  }

  private static Object indexed(List<?> list, Arguments arguments) {
    Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
    arguments.budget().elements(list.size(), list.size());
    for (int i = 0; i < list.size(); i++) {
      result.put(i, list.get(i));
    }
    return result;
  }

  private static List<@Nullable Object> filtered(List<?> list, Arguments arguments, boolean keep) {
    List<@Nullable Object> result = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Object item = list.get(i);
      if (holds(item, arguments) == keep) {
        add(result, item, arguments);
      }
    }
    return result;
  }

  private static @Nullable Object findResult(List<?> list, Arguments arguments) {
    for (int i = 0; i < list.size(); i++) {
      Object result = arguments.callFor(arguments.closure(arguments.count() - 1), list.get(i));
      if (result != null) {
        return result;
      }
    }
    return arguments.count() == 2 ? arguments.get(0) : null;
  }

  private static Object findResults(List<?> list, Arguments arguments) {
    List<@Nullable Object> results = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Object result = arguments.callFor(arguments.closure(0), list.get(i));
      if (result != null) {
        add(results, result, arguments);
      }
    }
    return results;
  }

  private static Object grep(List<?> list, Arguments arguments) {
    List<@Nullable Object> result = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (arguments.count() == 0
          ? Values.truth(list.get(i))
          : arguments
              .run()
              .invocations()
              .isCase(arguments.get(0), list.get(i), arguments.context())) {
        add(result, list.get(i), arguments);
      }
    }
    return result;
  }

  private static Object count(List<?> list, Arguments arguments) {
    int count = 0;
    for (int i = 0; i < list.size(); i++) {
      boolean counts =
          arguments.endsWithClosure()
              ? arguments.test(arguments.closure(0), list.get(i))
              : arguments.values().equal(list.get(i), arguments.get(0));
      count += counts ? 1 : 0;
    }
    return count;
  }

  private static @Nullable Object inject(List<?> list, Arguments arguments) {
    boolean given = arguments.count() == 2;
    if (!given && list.isEmpty()) {
      throw ScriptError.of(
          Type.NO_SUCH_ELEMENT,
          "Cannot call inject() on an empty iterable without passing an initial value.");
    }
    Object value = given ? arguments.get(0) : list.getFirst();
    ClosureValue closure = arguments.closure(arguments.count() - 1);
    for (int i = given ? 0 : 1; i < list.size(); i++) {
      value =
          list.get(i) instanceof EntryValue entry && closure.arity() == 3
              ? arguments.call(closure, value, entry.key(), entry.value())
              : arguments.call(closure, value, list.get(i));
    }
    return value;
  }

  static @Nullable Object sum(List<?> list, Arguments arguments) {
    boolean given =
        arguments.count() == 2 || (arguments.count() == 1 && !arguments.endsWithClosure());
    Object sum = given ? arguments.get(0) : null;
    boolean first = sum == null;
    for (int i = 0; i < list.size(); i++) {
      Object item =
          arguments.endsWithClosure()
              ? arguments.callFor(arguments.closure(arguments.count() - 1), list.get(i))
              : list.get(i);
      sum = first ? item : arguments.run().operators().apply(Expression.Operator.PLUS, sum, item);
      first = false;
    }
    return sum;
  }

  private static Object split(List<?> list, Arguments arguments) {
    List<@Nullable Object> halves = new ArrayList<>();
    halves.add(filtered(list, arguments, true));
    halves.add(filtered(list, arguments, false));
    return halves;
  }
}
