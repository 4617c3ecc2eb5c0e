package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The methods of sets: those of lists, but for what needs places. */
final class SetMethods {
  private SetMethods() {}

  static MethodTable<List<@Nullable Object>> table() {
    MethodTable<List<@Nullable Object>> table = ListMethods.addTo(new MethodTable<>("Set"));
    for (String ofSets : List.of("intersect", "findAll", "grep")) {
      table.add(ofSets, 0, 1, (s, a) -> set(s).of(a.run().members().spreadable(onList(s, a))));
    }
    return table
        .add("contains", 1, (s, a) -> set(s).has(a.get(0)))
        .add("add", 1, (s, a) -> add(s, Instances.listOf(a.get(0)), a))
        .add("addAll", 1, (s, a) -> add(s, a.list(0), a))
        .add("remove", 1, (s, a) -> remove(s, a))
        .add("sort", 0, 2, SetMethods::onList)
        .add("clone", 0, (s, a) -> set(s).of(ListMethods.copy(s, a)))
        .add("toSet", 0, (s, a) -> set(s).of(ListMethods.copy(s, a)))
        .without(
            "get",
            "set",
            "push",
            "pop",
            "removeAt",
            "removeLast",
            "indexOf",
            "lastIndexOf",
            "subList",
            "reverse",
            "asReversed",
            "shuffle",
            "swap");
  }

  private static SetValue set(List<@Nullable Object> list) {
    return (SetValue) list;
  }

  /** What lists do, on a list of the same values. */
  private static @Nullable Object onList(List<?> set, Arguments arguments) {
    return arguments.run().invocations().onList(ListMethods.copy(set, arguments), arguments);
  }

  private static boolean add(List<@Nullable Object> set, List<?> values, Arguments arguments) {
    List<@Nullable Object> more = new ArrayList<>(values);
    arguments.budget().elements((long) set.size() + more.size(), more.size());
    return set.addAll(more);
  }

  private static boolean remove(List<@Nullable Object> set, Arguments arguments) {
    int at = arguments.values().placeOf(set, arguments.get(0));
    if (at >= 0) {
      set.remove(at);
    }
    return at >= 0;
  }
}
