package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of maps. What only goes through the entries is done on the list of them. */
final class MapMethods {
  private MapMethods() {}

  static MethodTable<Map<@Nullable Object, @Nullable Object>> table() {
    MethodTable<Map<@Nullable Object, @Nullable Object>> table = new MethodTable<>("Map");
    queries(table);
    changes(table);
    results(table);
    MapComputation.addTo(table);
    for (String name : List.of("collect", "collectMany", "collectEntries", "find", "findResult")) {
      viaEntries(table, name);
    }
    for (String name : List.of("findResults", "any", "every", "count", "max", "min")) {
      viaEntries(table, name);
    }
    viaEntries(table, "inject");
    return table;
  }

  private static void viaEntries(
      MethodTable<Map<@Nullable Object, @Nullable Object>> table, String name) {
    table.add(name, 0, 2, (m, a) -> a.run().invocations().onList(entries(m, a), a));
  }

  private static void queries(MethodTable<Map<@Nullable Object, @Nullable Object>> table) {
    table
        .add("size", 0, (m, _) -> m.size())
        .add("isEmpty", 0, (m, _) -> m.isEmpty())
        .add("get", 1, 2, MapMethods::get)
        .add("getAt", 1, (m, a) -> m.get(Values.key(a.get(0))))
        .add("getOrDefault", 2, (m, a) -> m.getOrDefault(Values.key(a.get(0)), a.get(1)))
        .add("containsKey", 1, (m, a) -> Values.isKey(a.get(0)) && m.containsKey(a.get(0)))
        .add("containsValue", 1, (m, a) -> a.values().indexOf(values(m, a), a.get(0)) >= 0)
        .add("keySet", 0, MapMethods::keys)
        .add("values", 0, MapMethods::values)
        .add("entrySet", 0, MapMethods::entries)
        .add("subMap", 1, MapMethods::subMap);
  }

  private static void changes(MethodTable<Map<@Nullable Object, @Nullable Object>> table) {
    table
        .add("put", 2, MapMethods::put)
        .add(
            "putAll",
            1,
            (m, a) -> a.run().operators().apply(Expression.Operator.SHIFT_LEFT, m, a.map(0)))
        .add("putIfAbsent", 2, MapMethods::putIfAbsent)
        .add("remove", 1, (m, a) -> changeable(m).remove(Values.key(a.get(0))))
        .add("clear", 0, MapMethods::clear);
  }

  private static void results(MethodTable<Map<@Nullable Object, @Nullable Object>> table) {
    table
        .add("each", 1, MapMethods::each)
        .add("eachWithIndex", 1, MapMethods::eachWithIndex)
        .add("findAll", 1, MapMethods::findAll)
        .add("groupBy", 1, MapMethods::groupBy)
        .add("sort", 0, 1, MapMethods::sort)
        .add("toSorted", 0, 1, MapMethods::sort)
        .add("plus", 1, (m, a) -> a.run().operators().apply(Expression.Operator.PLUS, m, a.map(0)))
        .add(
            "minus",
            1,
            (m, a) -> a.run().operators().apply(Expression.Operator.MINUS, m, a.map(0)));
  }

  private static List<EntryValue> entries(Map<?, ?> map, Arguments arguments) {
    return arguments.run().members().entries(map);
  }

  private static List<@Nullable Object> keys(Map<?, ?> map, Arguments arguments) {
    arguments.budget().elements(map.size(), map.size());
    return new ArrayList<>(map.keySet());
  }

  private static List<@Nullable Object> values(Map<?, ?> map, Arguments arguments) {
    arguments.budget().elements(map.size(), map.size());
    return new ArrayList<>(map.values());
  }

  private static Map<@Nullable Object, @Nullable Object> changeable(
      Map<@Nullable Object, @Nullable Object> map) {
    if (map instanceof LinkedHashMap<@Nullable Object, @Nullable Object>) {
      return map;
    }
    throw ScriptError.unchangeable();
  }

  private static @Nullable Object get(
      Map<@Nullable Object, @Nullable Object> map, Arguments arguments) {
    Object key = Values.key(arguments.get(0));
    if (arguments.count() == 1 || map.containsKey(key)) {
      return map.get(key);
    }
    arguments.run().members().put(map, key, arguments.get(1));
    return arguments.get(1);
  }

  private static @Nullable Object put(
      Map<@Nullable Object, @Nullable Object> map, Arguments arguments) {
    Object key = Values.key(arguments.get(0));
    Object before = map.get(key);
    arguments.run().members().put(map, key, arguments.get(1));
    return before;
  }

  private static @Nullable Object putIfAbsent(
      Map<@Nullable Object, @Nullable Object> map, Arguments arguments) {
    Object before = map.get(Values.key(arguments.get(0)));
    return before != null ? before : put(map, arguments);
  }

  private static @Nullable Object clear(
      Map<@Nullable Object, @Nullable Object> map, Arguments arguments) {
    arguments.budget().operation();
    changeable(map).clear();
    return null;
  }

  private static Object subMap(Map<@Nullable Object, @Nullable Object> map, Arguments arguments) {
    Map<@Nullable Object, @Nullable Object> part = new LinkedHashMap<>();
    for (Object key : arguments.list(0)) {
      if (Values.isKey(key) && map.containsKey(key)) {
        part.put(key, map.get(key));
      }
    }
    arguments.budget().elements(part.size(), part.size());
    return part;
  }

  private static Object each(Map<@Nullable Object, @Nullable Object> map, Arguments arguments) {
    entries(map, arguments).forEach(entry -> arguments.callFor(arguments.closure(0), entry));
    return map;
  }

  private static Object eachWithIndex(
      Map<@Nullable Object, @Nullable Object> map, Arguments arguments) {
    arguments.run().invocations().onList(entries(map, arguments), arguments);
    return map;
  }

  private static Object findAll(Map<@Nullable Object, @Nullable Object> map, Arguments arguments) {
    return arguments
        .run()
        .members()
        .collect(
            entries(map, arguments).stream()
                .filter(entry -> arguments.test(arguments.closure(0), entry))
                .toList());
  }

  private static Object groupBy(Map<@Nullable Object, @Nullable Object> map, Arguments arguments) {
    Map<@Nullable Object, @Nullable Map<@Nullable Object, @Nullable Object>> groups =
        new LinkedHashMap<>();
    for (EntryValue entry : entries(map, arguments)) {
      Object key = Values.key(arguments.callFor(arguments.closure(0), entry));
      groups.computeIfAbsent(key, _ -> new LinkedHashMap<>()).put(entry.key(), entry.value());
    }
    return groups;
  }

  private static Object sort(Map<@Nullable Object, @Nullable Object> map, Arguments arguments) {
    List<EntryValue> entries = entries(map, arguments);
    if (arguments.count() == 0) {
      Comparator<EntryValue> byKey = (a, b) -> arguments.values().compare(a.key(), b.key());
      return arguments.run().members().collect(entries.stream().sorted(byKey).toList());
    }
    Object sorted =
        arguments
            .run()
            .invocations()
            .onList(
                entries,
                new Arguments(
                    "toSorted", arguments.positional(), arguments.run(), arguments.context()));
    List<EntryValue> inOrder = new ArrayList<>();
    for (Object item : arguments.run().members().spreadable(sorted)) {
      if (item instanceof EntryValue entry) {
        inOrder.add(entry);
      }
    }
    return arguments.run().members().collect(inOrder);
  }
}
