package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rarer methods of lists. */
final class ListShapes {
  private ListShapes() {}

  static void addTo(MethodTable<List<@Nullable Object>> table) {
    searches(table);
    copies(table);
    orders(table);
  }

  private static void searches(MethodTable<List<@Nullable Object>> table) {
    table
        .add("findLastIndexOf", 1, ListShapes::findLastIndexOf)
        .add("findIndexValues", 1, ListShapes::findIndexValues)
        .add("isSorted", 0, (l, a) -> l.equals(sorted(l, a)))
        .add("average", 0, 1, ListShapes::average)
        .add("containsWithinBounds", 1, (l, a) -> a.values().placeOf(l, a.get(0)) >= 0)
        .add("isReverse", 0, (l, _) -> l instanceof RangeValue range && range.isReverse())
        .add("getFrom", 0, (l, a) -> end(l, a, false))
        .add("getTo", 0, (l, a) -> end(l, a, true))
        .add("inspect", 0, (l, a) -> a.values().inspected(l));
  }

  private static void copies(MethodTable<List<@Nullable Object>> table) {
    table
        .add("clone", 0, ListMethods::copy)
        .add("collectNested", 1, (l, a) -> nested(l, a, 0))
        .add("chop", 1, 20, ListShapes::chop)
        .add("zip", 1, (l, a) -> Reshaping.transpose(List.of(l, a.list(0)), a))
        .add("asImmutable", 0, (l, a) -> Collections.unmodifiableList(ListMethods.copy(l, a)))
        .add("asUnmodifiable", 0, (l, a) -> Collections.unmodifiableList(ListMethods.copy(l, a)))
        .add("asReversed", 0, (l, a) -> ListMethods.copy(l.reversed(), a))
        .add("permutations", 0, 1, ListShapes::permutations)
        .add("eachPermutation", 1, ListShapes::permutations)
        .add("subsequences", 0, ListShapes::subsequences)
        .add("eachCombination", 1, ListShapes::eachCombination)
        .add("step", 1, ListShapes::step)
        .add("by", 1, ListShapes::step);
  }

  private static void orders(MethodTable<List<@Nullable Object>> table) {
    table
        .add("removeIf", 1, ListShapes::removeIf)
        .add("shuffle", 0, (l, a) -> shuffled(l, l, a))
        .add("shuffled", 0, (l, a) -> shuffled(l, ListMethods.copy(l, a), a))
        .add("swap", 2, ListShapes::swap);
  }

  private static @Nullable Object end(List<?> list, Arguments arguments, boolean to) {
    if (list instanceof RangeValue range && !range.isEmpty()) {
      return to == range.isReverse() ? range.getFirst() : range.getLast();
    }
    throw ScriptError.of(Type.MISSING_METHOD, "only ranges have " + arguments.method() + "()");
  }

  private static int findLastIndexOf(List<?> list, Arguments arguments) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (arguments.test(arguments.closure(0), list.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static Object findIndexValues(List<?> list, Arguments arguments) {
    List<@Nullable Object> places = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (arguments.test(arguments.closure(0), list.get(i))) {
        Traversal.add(places, (long) i, arguments);
      }
    }
    return places;
  }

  private static List<@Nullable Object> sorted(List<?> list, Arguments arguments) {
    List<@Nullable Object> sorted = ListMethods.copy(list, arguments);
    sorted.sort(arguments.values()::compare);
    return sorted;
  }

  private static @Nullable Object average(List<?> list, Arguments arguments) {
    Object sum = Traversal.sum(list, arguments);
    return sum == null
        ? null
        : arguments.run().operators().apply(Expression.Operator.DIVIDE, sum, list.size());
  }

  private static List<@Nullable Object> nested(List<?> list, Arguments arguments, int depth) {
    Reshaping.notTooDeep(depth);
    List<@Nullable Object> result = new ArrayList<>();
    for (Object item : ListMethods.copy(list, arguments)) {
      Traversal.add(
          result,
          item instanceof List<?> inner
              ? nested(inner, arguments, depth + 1)
              : arguments.call(arguments.closure(0), item),
          arguments);
    }
    return result;
  }

  private static Object chop(List<?> list, Arguments arguments) {
    List<@Nullable Object> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < arguments.count(); i++) {
      int size = arguments.integer(i) < 0 ? list.size() : arguments.integer(i);
      int end = (int) Math.min(list.size(), start + (long) size);
      parts.add(ListMethods.copy(list.subList(start, end), arguments));
      start = end;
    }
    return parts;
  }

  private static Object removeIf(List<@Nullable Object> list, Arguments arguments) {
    List<@Nullable Object> kept = new ArrayList<>();
    for (Object item : ListMethods.copy(list, arguments)) {
      if (!arguments.test(arguments.closure(0), item)) {
        kept.add(item);
      }
    }
    boolean changes = kept.size() != list.size();
    list.clear();
    list.addAll(kept);
    return changes;
  }

  private static Object shuffled(List<?> list, List<@Nullable Object> result, Arguments arguments) {
    for (int i = list.size() - 1; i > 0; i--) {
      arguments.budget().operation();
      Collections.swap(
          result, i, (int) Math.floorMod(arguments.run().host().random(), (long) i + 1));
    }
    return result;
  }

  private static Object swap(List<@Nullable Object> list, Arguments arguments) {
    int one = ListMethods.place(list, arguments.integer(0));
    Collections.swap(list, one, ListMethods.place(list, arguments.integer(1)));
    return list;
  }

  private static Object permutations(List<?> list, Arguments arguments) {
    List<List<@Nullable Object>> made = new ArrayList<>();
    made.add(new ArrayList<>());
    for (Object item : ListMethods.copy(list, arguments)) {
      List<List<@Nullable Object>> longer = new ArrayList<>();
      for (List<@Nullable Object> before : made) {
        for (int at = 0; at <= before.size(); at++) {
          arguments.budget().elements(longer.size() + 1L, before.size() + 2L);
          List<@Nullable Object> next = new ArrayList<>(before);
          next.add(at, item);
          longer.add(next);
        }
      }
      made = longer;
    }
    return arguments.endsWithClosure() ? eachOf(made, arguments) : made;
  }

  private static Object subsequences(List<?> list, Arguments arguments) {
    List<@Nullable Object> made = new ArrayList<>();
    for (Object item : ListMethods.copy(list, arguments)) {
      for (Object before : List.copyOf(made)) {
        List<@Nullable Object> longer = new ArrayList<>((List<?>) before);
        longer.add(item);
        arguments.budget().elements(made.size() + 1L, longer.size());
        made.add(longer);
      }
      List<@Nullable Object> alone = new ArrayList<>();
      alone.add(item);
      made.add(alone);
    }
    return made;
  }

  private static Object eachCombination(List<?> list, Arguments arguments) {
    return eachOf((List<?>) Reshaping.combinations(list, arguments), arguments);
  }

  private static Object eachOf(List<?> items, Arguments arguments) {
    List<@Nullable Object> results = new ArrayList<>();
    for (Object item : items) {
      results.add(arguments.call(arguments.closure(arguments.count() - 1), item));
    }
    return results;
  }

  /** Every so many of a range or list. */
  private static Object step(List<?> list, Arguments arguments) {
    int by = Math.abs(arguments.integer(0));
    if (by == 0) {
      throw ScriptError.of(Type.ILLEGAL_ARGUMENT, "a step of 0 never ends");
    }
    List<@Nullable Object> some = new ArrayList<>();
    for (long i = 0; i < list.size(); i += by) {
      Traversal.add(some, list.get((int) i), arguments);
    }
    return some;
  }

  /** Groups by the first of several closures, each group by the next, and so on. */
  static Object groupBy(List<?> list, Arguments arguments, int level) {
    if (level == arguments.count()) {
      return list;
    }
    Map<@Nullable Object, List<@Nullable Object>> groups = new LinkedHashMap<>();
    for (Object item : ListMethods.copy(list, arguments)) {
      Object key = Values.key(arguments.callFor(arguments.closure(level), item));
      Traversal.add(groups.computeIfAbsent(key, _ -> new ArrayList<>()), item, arguments);
    }
    Map<@Nullable Object, @Nullable Object> nested = new LinkedHashMap<>();
    groups.forEach((key, group) -> nested.put(key, groupBy(group, arguments, level + 1)));
    return nested;
  }
}
