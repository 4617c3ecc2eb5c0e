package dev.deputy.pipeline;

import dev.deputy.pipeline.Expression.Operator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The methods of lists that look something up or change the list; see {@link Traversal}. */
final class ListMethods {
  private ListMethods() {}

  static MethodTable<List<@Nullable Object>> table() {
    return addTo(new MethodTable<>("List"));
  }

  /** All that lists have, into a table. */
  static MethodTable<List<@Nullable Object>> addTo(MethodTable<List<@Nullable Object>> table) {
    queries(table);
    parts(table);
    changes(table);
    Reshaping.addTo(table);
    Traversal.addTo(table);
    Ordering.addTo(table);
    ListShapes.addTo(table);
    return table;
  }

  private static void queries(MethodTable<List<@Nullable Object>> table) {
    table
        .add("size", 0, (l, _) -> l.size())
        .add("encodeBase64", 0, (l, a) -> TextTypes.base64(l, a))
        .add("isEmpty", 0, (l, _) -> l.isEmpty())
        .add("get", 1, (l, a) -> inside(l, a.integer(0)))
        .add("getAt", 1, (l, a) -> Slices.of(l, a.get(0), a.budget()))
        .add("first", 0, (l, _) -> end(l, 0, "first"))
        .add("head", 0, (l, _) -> end(l, 0, "first"))
        .add("last", 0, (l, _) -> end(l, l.size() - 1, "last"))
        .add("contains", 1, (l, a) -> a.values().placeOf(l, a.get(0)) >= 0)
        .add("containsAll", 1, (l, a) -> containsAll(l, a))
        .add("indexOf", 1, (l, a) -> a.values().placeOf(l, a.get(0)))
        .add("lastIndexOf", 1, (l, a) -> lastIndexOf(l, a))
        .add("disjoint", 1, (l, a) -> ((List<?>) intersection(l, a)).isEmpty())
        .add("join", 0, 1, (l, a) -> joined(l, a));
  }

  private static void parts(MethodTable<List<@Nullable Object>> table) {
    table
        .add("init", 0, (l, a) -> copy(l.subList(0, notEmpty(l) - 1), a))
        .add("tail", 0, (l, a) -> copy(l.subList(Math.min(1, notEmpty(l)), l.size()), a))
        .add("take", 1, (l, a) -> copy(l.subList(0, within(l, a.integer(0))), a))
        .add(
            "takeRight",
            1,
            (l, a) -> copy(l.subList(l.size() - within(l, a.integer(0)), l.size()), a))
        .add("drop", 1, (l, a) -> copy(l.subList(within(l, a.integer(0)), l.size()), a))
        .add("dropRight", 1, (l, a) -> copy(l.subList(0, l.size() - within(l, a.integer(0))), a))
        .add("subList", 2, (l, a) -> copy(section(l, a.integer(0), a.integer(1)), a))
        .add("reverse", 0, 1, ListMethods::reverse)
        .add("toList", 0, (l, a) -> copy(l, a))
        .add("toSet", 0, (l, a) -> new SetValue(a.values(), copy(l, a)))
        .add("plus", 1, 2, ListMethods::plus)
        .add("minus", 1, (l, a) -> a.run().operators().apply(Operator.MINUS, l, a.get(0)))
        .add("multiply", 1, (l, a) -> a.run().operators().apply(Operator.MULTIPLY, l, a.get(0)))
        .add("intersect", 1, (l, a) -> intersection(l, a));
  }

  private static void changes(MethodTable<List<@Nullable Object>> table) {
    table
        .add("add", 1, 2, (l, a) -> add(l, a))
        .add("push", 1, (l, a) -> insert(l, 0, a.get(0), a))
        .add("leftShift", 1, (l, a) -> a.run().operators().apply(Operator.SHIFT_LEFT, l, a.get(0)))
        .add("addAll", 1, 2, ListMethods::addAll)
        .add("set", 2, ListMethods::set)
        .add("pop", 0, (l, _) -> pop(l))
        .add("removeLast", 0, (l, _) -> changed(() -> l.remove(notEmpty(l) - 1)))
        .add("removeAt", 1, (l, a) -> changed(() -> l.remove(place(l, a.integer(0)))))
        .add("remove", 1, ListMethods::remove)
        .add("removeElement", 1, (l, a) -> removeItem(l, a.get(0), a))
        .add("removeAll", 1, (l, a) -> filter(l, a, false))
        .add("retainAll", 1, (l, a) -> filter(l, a, true))
        .add("clear", 0, (l, _) -> changed(() -> clear(l)));
  }

  /** What changes a list; ranges and lists from steps cannot be changed. */
  private static @Nullable Object changed(Supplier<@Nullable Object> change) {
    try {
      return change.get();
    } catch (UnsupportedOperationException _) {
      throw ScriptError.unchangeable();
    }
  }

  static List<@Nullable Object> copy(List<?> list, Arguments arguments) {
    arguments.budget().elements(list.size(), list.size());
    return new ArrayList<>(list);
  }

  private static @Nullable Object plus(List<@Nullable Object> list, Arguments arguments) {
    if (arguments.count() == 1) {
      return arguments.run().operators().apply(Operator.PLUS, list, arguments.get(0));
    }
    List<@Nullable Object> sum = copy(list, arguments);
    List<?> more = copy(arguments.list(1), arguments);
    sum.addAll(between(sum, arguments.integer(0)), more);
    return sum;
  }

  private static int notEmpty(List<?> list) {
    if (list.isEmpty()) {
      throw ScriptError.of(Type.NO_SUCH_ELEMENT, "the list is empty");
    }
    return list.size();
  }

  private static @Nullable Object end(List<@Nullable Object> list, int index, String which) {
    if (list.isEmpty()) {
      throw ScriptError.of(
          Type.NO_SUCH_ELEMENT, "Cannot access " + which + "() element from an empty List");
    }
    return list.get(index);
  }

  static int place(List<?> list, int index) {
    if (index < 0 || index >= list.size()) {
      throw ScriptError.of(
          Type.OUT_OF_BOUNDS, "Index %d out of bounds for length %d".formatted(index, list.size()));
    }
    return index;
  }

  private static @Nullable Object inside(List<@Nullable Object> list, int index) {
    return list.get(place(list, index));
  }

  private static int within(List<?> list, int count) {
    return Math.clamp(count, 0, list.size());
  }

  private static List<@Nullable Object> section(List<@Nullable Object> list, int from, int to) {
    if (from < 0 || to > list.size() || from > to) {
      throw ScriptError.of(
          Type.OUT_OF_BOUNDS, to > list.size() ? "toIndex = " + to : "fromIndex = " + from);
    }
    return list.subList(from, to);
  }

  private static boolean containsAll(List<?> list, Arguments arguments) {
    for (Object item : arguments.list(0)) {
      if (arguments.values().placeOf(list, item) < 0) {
        return false;
      }
    }
    return true;
  }

  private static List<@Nullable Object> reversed(List<?> list, Arguments arguments) {
    List<@Nullable Object> reversed = copy(list, arguments);
    Collections.reverse(reversed);
    return reversed;
  }

  private static Object reverse(List<@Nullable Object> list, Arguments arguments) {
    if (arguments.count() == 1 && Values.truth(arguments.get(0))) {
      arguments.budget().operations(list.size());
      changed(() -> {
        Collections.reverse(list);
        return null;
      });
      return list;
    }
    return reversed(list, arguments);
  }

  private static int lastIndexOf(List<@Nullable Object> list, Arguments arguments) {
    int at = arguments.values().placeOf(reversed(list, arguments), arguments.get(0));
    return at < 0 ? -1 : list.size() - 1 - at;
  }

  private static String joined(List<?> list, Arguments arguments) {
    String separator = arguments.count() > 0 ? arguments.text(0) : "";
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < list.size(); i++) {
      arguments.budget().append(result, i == 0 ? "" : separator);
      arguments.budget().append(result, arguments.values().text(list.get(i)));
    }
    return result.toString();
  }

  private static Object intersection(List<?> list, Arguments arguments) {
    List<@Nullable Object> common = new ArrayList<>();
    for (Object item : list) {
      if (arguments.values().indexOf(arguments.list(0), item) >= 0
          && arguments.values().indexOf(common, item) < 0) {
        common.add(item);
      }
    }
    arguments.budget().elements(common.size(), common.size());
    return common;
  }

  private static @Nullable Object add(List<@Nullable Object> list, Arguments arguments) {
    if (arguments.count() == 2) {
      return insert(list, arguments.integer(0), arguments.get(1), arguments);
    }
    insert(list, list.size(), arguments.get(0), arguments);
    return true;
  }

  private static @Nullable Object insert(
      List<@Nullable Object> list, int at, @Nullable Object item, Arguments arguments) {
    if (at < 0 || at > list.size()) {
      throw ScriptError.of(Type.OUT_OF_BOUNDS, "Index: %d, Size: %d".formatted(at, list.size()));
    }
    arguments.budget().elements(list.size() + 1L, 1);
    return changed(() -> {
      list.add(at, item);
      return arguments.method().equals("push") ? true : null;
    });
  }

  private static Object addAll(List<@Nullable Object> list, Arguments arguments) {
    List<?> more = copy(arguments.list(arguments.count() - 1), arguments);
    arguments.budget().elements((long) list.size() + more.size(), 0);
    return Boolean.TRUE.equals(
        changed(() ->
            list.addAll(
                arguments.count() == 1 ? list.size() : between(list, arguments.integer(0)), more)));
  }

  private static int between(List<?> list, int at) {
    return at == list.size() ? at : place(list, at);
  }

  private static @Nullable Object remove(List<@Nullable Object> list, Arguments arguments) {
    return arguments.get(0) instanceof Integer index
        ? changed(() -> list.remove(place(list, index)))
        : (Object) removeItem(list, arguments.get(0), arguments);
  }

  private static boolean removeItem(
      List<@Nullable Object> list, @Nullable Object item, Arguments arguments) {
    int at = arguments.values().placeOf(list, item);
    if (at >= 0) {
      changed(() -> list.remove(at));
    }
    return at >= 0;
  }

  private static boolean filter(List<@Nullable Object> list, Arguments arguments, boolean keep) {
    List<@Nullable Object> rest = new ArrayList<>();
    for (Object item : copy(list, arguments)) {
      boolean meant =
          arguments.endsWithClosure()
              ? arguments.test(arguments.closure(0), item)
              : arguments.values().indexOf(arguments.list(0), item) >= 0;
      if (meant == keep) {
        rest.add(item);
      }
    }
    boolean changes = rest.size() != list.size();
    changed(() -> clear(list));
    list.addAll(rest);
    return changes;
  }

  private static @Nullable Object set(List<@Nullable Object> list, Arguments arguments) {
    int at = place(list, arguments.integer(0));
    Object before = list.get(at);
    arguments.run().members().setElement(list, at, arguments.get(1));
    return before;
  }

  private static @Nullable Object pop(List<@Nullable Object> list) {
    if (list.isEmpty()) {
      throw ScriptError.of(Type.NO_SUCH_ELEMENT, "Cannot pop() an empty List");
    }
    return changed(() -> list.remove(0));
  }

  private static @Nullable Object clear(List<?> list) {
    list.clear();
    return null;
  }

  static @Nullable Object find(List<?> list, Arguments arguments) {
    for (int i = 0; i < list.size(); i++) {
      if (arguments.count() == 0
          ? Values.truth(list.get(i))
          : arguments.test(arguments.closure(0), list.get(i))) {
        return list.get(i);
      }
    }
    return null;
  }
}
