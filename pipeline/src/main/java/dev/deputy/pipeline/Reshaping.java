package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The methods of lists of lists. */
final class Reshaping {
  private Reshaping() {}

  static void addTo(MethodTable<List<@Nullable Object>> table) {
    table
        .add("collate", 1, 3, Reshaping::collate)
        .add("flatten", 0, Reshaping::flatten)
        .add("transpose", 0, Reshaping::transpose)
        .add("combinations", 0, 1, (l, a) -> combined(l, a));
  }

  private static Object collate(List<?> list, Arguments arguments) {
    int size = arguments.integer(0);
    if (size < 1) {
      throw ScriptError.of(Type.ILLEGAL_ARGUMENT, "collate() takes a size of at least 1");
    }
    List<@Nullable Object> parts = new ArrayList<>();
    boolean rest =
        !(arguments.get(arguments.count() - 1) instanceof Boolean)
            || Values.truth(arguments.get(arguments.count() - 1));
    int step = arguments.count() > 1 && arguments.get(1) instanceof Integer by ? by : size;
    if (step < 1) {
      throw ScriptError.of(Type.ILLEGAL_ARGUMENT, "collate() takes a step of at least 1");
    }
    for (int i = 0; i < list.size() && (rest || i + size <= list.size()); i += step) {
      arguments.budget().elements(parts.size() + 1L, 1);
      parts.add(ListMethods.copy(list.subList(i, Math.min(list.size(), i + size)), arguments));
    }
    return parts;
  }

  private static Object flatten(List<?> list, Arguments arguments) {
    List<@Nullable Object> flat = new ArrayList<>();
    flatten(list, flat, 0, arguments);
    return flat;
  }

  private static void flatten(
      List<?> list, List<@Nullable Object> flat, int depth, Arguments arguments) {
    arguments.budget().elements(flat.size(), depth);
    notTooDeep(depth);
    for (Object item : list) {
      arguments.budget().operation();
      if (item instanceof List<?> inner) {
        flatten(inner, flat, depth + 1, arguments);
      } else {
        arguments.budget().elements(flat.size() + 1L, 1);
        flat.add(item);
      }
    }
  }

  static Object transpose(List<?> lists, Arguments arguments) {
    int width = lists.isEmpty() ? 0 : Integer.MAX_VALUE;
    for (Object list : lists) {
      width = Math.min(width, asList(list).size());
    }
    List<@Nullable Object> rows = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      List<@Nullable Object> row = new ArrayList<>();
      for (Object list : lists) {
        row.add(asList(list).get(i));
      }
      arguments.budget().elements(rows.size() + 1L, row.size());
      rows.add(row);
    }
    return rows;
  }

  static void notTooDeep(int depth) {
    if (depth > 100) {
      throw new BudgetExceeded("the pipeline flattened a list that is nested too deeply");
    }
  }

  private static List<?> asList(@Nullable Object item) {
    if (item instanceof List<?> list) {
      return list;
    }
    throw ScriptError.of(Type.ILLEGAL_ARGUMENT, "a list of lists was expected");
  }

  private static @Nullable Object combined(List<?> lists, Arguments arguments) {
    Object all = combinations(lists, arguments);
    return arguments.count() == 0
        ? all
        : arguments
            .run()
            .invocations()
            .onList(
                (List<?>) all,
                new Arguments(
                    "collect", arguments.positional(), arguments.run(), arguments.context()));
  }

  static Object combinations(List<?> lists, Arguments arguments) {
    List<List<@Nullable Object>> combined = new ArrayList<>();
    combined.add(List.of());
    for (Object item : lists) {
      List<?> choices = item instanceof List<?> list ? list : Arrays.asList(item);
      List<List<@Nullable Object>> longer = new ArrayList<>();
      for (Object choice : choices) {
        for (List<@Nullable Object> before : combined) {
          arguments.budget().elements(longer.size() + 1L, before.size() + 2L);
          List<@Nullable Object> next = new ArrayList<>(before);
          next.add(choice);
          longer.add(next);
        }
      }
      combined = longer;
    }
    return lists.isEmpty() ? new ArrayList<>() : combined;
  }
}
