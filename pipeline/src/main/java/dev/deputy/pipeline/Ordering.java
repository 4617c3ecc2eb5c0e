package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of lists that sort, group and leave out. */
final class Ordering {
  private Ordering() {}

  static void addTo(MethodTable<List<@Nullable Object>> table) {
    table
        .add("max", 0, 1, (l, a) -> extreme(l, a, 1))
        .add("min", 0, 1, (l, a) -> extreme(l, a, -1))
        .add("sort", 0, 2, Ordering::sort)
        .add("toSorted", 0, 1, (l, a) -> sorted(l, a))
        .add("unique", 0, 2, Ordering::unique)
        .add("toUnique", 0, 1, (l, a) -> distinct(l, a))
        .add("groupBy", 1, 20, (l, a) -> ListShapes.groupBy(l, a, 0))
        .add("countBy", 1, Ordering::countBy);
  }

  private static @Nullable Object extreme(List<?> list, Arguments arguments, int direction) {
    if (list.isEmpty()) {
      return null;
    }
    Comparator<@Nullable Object> order = order(arguments);
    Object best = list.getFirst();
    for (int i = 1; i < list.size(); i++) {
      if (Integer.signum(order.compare(list.get(i), best)) == direction) {
        best = list.get(i);
      }
    }
    return best;
  }

  /** By a closure of two parameters, by what a closure of one returns, or by the values. */
  private static Comparator<@Nullable Object> order(Arguments arguments) {
    Values values = arguments.values();
    if (!arguments.endsWithClosure()) {
      return values::compare;
    }
    ClosureValue closure = arguments.closure(arguments.count() - 1);
    return closure.arity() == 2
        ? (a, b) -> sign(arguments.call(closure, a, b))
        : (a, b) -> values.compare(arguments.call(closure, a), arguments.call(closure, b));
  }

  private static int sign(@Nullable Object compared) {
    if (compared instanceof Number number) {
      return Arithmetic.compare(number, 0);
    }
    throw ScriptError.of(
        Type.CLASS_CAST, "a closure of two parameters has to compare them with <=>");
  }

  private static Object sort(List<@Nullable Object> list, Arguments arguments) {
    boolean inPlace = !(arguments.count() > 0 && Boolean.FALSE.equals(arguments.get(0)));
    List<@Nullable Object> sorted = sorted(list, arguments);
    if (!inPlace || list instanceof RangeValue) {
      return sorted;
    }
    try {
      for (int i = 0; i < sorted.size(); i++) {
        list.set(i, sorted.get(i));
      }
    } catch (UnsupportedOperationException | IndexOutOfBoundsException _) {
      throw ScriptError.refused("this list cannot be sorted in place; use toSorted()");
    }
    return list;
  }

  private static List<@Nullable Object> sorted(List<?> list, Arguments arguments) {
    List<@Nullable Object> sorted = ListMethods.copy(list, arguments);
    try {
      sorted.sort(order(arguments));
    } catch (IllegalArgumentException _) {
      throw ScriptError.of(Type.ILLEGAL_ARGUMENT, "the order given to sort() contradicts itself");
    }
    return sorted;
  }

  private static Object unique(List<@Nullable Object> list, Arguments arguments) {
    List<@Nullable Object> distinct = distinct(list, arguments);
    if (arguments.count() > 0 && Boolean.FALSE.equals(arguments.get(0))) {
      return distinct;
    }
    try {
      list.clear();
      list.addAll(distinct);
      return list;
    } catch (UnsupportedOperationException _) {
      return distinct;
    }
  }

  private static List<@Nullable Object> distinct(List<?> list, Arguments arguments) {
    List<@Nullable Object> distinct = new ArrayList<>();
    List<@Nullable Object> keys = new ArrayList<>();
    ClosureValue closure =
        arguments.endsWithClosure() ? arguments.closure(arguments.count() - 1) : null;
    if (closure != null && closure.arity() == 2) {
      for (Object item : ListMethods.copy(list, arguments)) {
        if (distinct.stream().noneMatch(kept -> sign(arguments.call(closure, kept, item)) == 0)) {
          distinct.add(item);
        }
      }
      return distinct;
    }
    for (int i = 0; i < list.size(); i++) {
      Object key = closure == null ? list.get(i) : arguments.callFor(closure, list.get(i));
      if (arguments.values().indexOf(keys, key) < 0) {
        Traversal.add(keys, key, arguments);
        distinct.add(list.get(i));
      }
    }
    return distinct;
  }

  private static Object countBy(List<?> list, Arguments arguments) {
    Map<@Nullable Object, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < list.size(); i++) {
      Object key = Values.key(arguments.callFor(arguments.closure(0), list.get(i)));
      counts.merge(key, 1, Integer::sum);
      arguments.budget().elements(counts.size(), 1);
    }
    return counts;
  }
}
