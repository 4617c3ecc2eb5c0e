package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of maps that compute entries from entries, and the rarer copies. */
final class MapComputation {
  private MapComputation() {}

  static void addTo(MethodTable<Map<@Nullable Object, @Nullable Object>> table) {
    table
        .add("computeIfAbsent", 2, MapComputation::computeIfAbsent)
        .add("computeIfPresent", 2, MapComputation::compute)
        .add("compute", 2, MapComputation::compute)
        .add("merge", 3, MapComputation::merge)
        .add("replaceAll", 1, MapComputation::replaceAll)
        .add("removeAll", 1, (m, a) -> filter(m, a, false))
        .add("retainAll", 1, (m, a) -> filter(m, a, true))
        .add("putAt", 2, MapComputation::putAt)
        .add("take", 1, (m, a) -> part(m, 0, a.integer(0), a))
        .add("drop", 1, (m, a) -> part(m, a.integer(0), m.size(), a))
        .add("reverseEach", 1, MapComputation::reverseEach)
        .add("clone", 0, (m, a) -> part(m, 0, m.size(), a))
        .add("asImmutable", 0, (m, a) -> Collections.unmodifiableMap(part(m, 0, m.size(), a)))
        .add("asUnmodifiable", 0, (m, a) -> Collections.unmodifiableMap(part(m, 0, m.size(), a)))
        .add("inspect", 0, (m, a) -> a.values().inspected(m));
  }

  private static @Nullable Object put(
      Map<@Nullable Object, @Nullable Object> map,
      @Nullable Object key,
      @Nullable Object value,
      Arguments arguments) {
    if (value == null) {
      map.remove(key);
    } else {
      arguments.run().members().put(map, key, value);
    }
    return value;
  }

  private static @Nullable Object computeIfAbsent(
      Map<@Nullable Object, @Nullable Object> map, Arguments arguments) {
    Object key = Values.key(arguments.get(0));
    Object before = map.get(key);
    return before != null
        ? before
        : put(map, key, arguments.call(arguments.closure(1), key), arguments);
  }

  private static @Nullable Object compute(
      Map<@Nullable Object, @Nullable Object> map, Arguments arguments) {
    Object key = Values.key(arguments.get(0));
    Object before = map.get(key);
    return before == null && arguments.method().equals("computeIfPresent")
        ? null
        : put(map, key, arguments.call(arguments.closure(1), key, before), arguments);
  }

  private static @Nullable Object merge(
      Map<@Nullable Object, @Nullable Object> map, Arguments arguments) {
    Object key = Values.key(arguments.get(0));
    Object before = map.get(key);
    Object value =
        before == null
            ? arguments.get(1)
            : arguments.call(arguments.closure(2), before, arguments.get(1));
    return put(map, key, value, arguments);
  }

  private static @Nullable Object replaceAll(
      Map<@Nullable Object, @Nullable Object> map, Arguments arguments) {
    for (EntryValue entry : arguments.run().members().entries(map)) {
      Object value = arguments.call(arguments.closure(0), entry.key(), entry.value());
      arguments.run().members().put(map, entry.key(), value);
    }
    return null;
  }

  private static boolean filter(
      Map<@Nullable Object, @Nullable Object> map, Arguments arguments, boolean keep) {
    int before = map.size();
    for (EntryValue entry : arguments.run().members().entries(map)) {
      if (arguments.test(arguments.closure(0), entry) != keep) {
        map.remove(entry.key());
      }
    }
    return map.size() != before;
  }

  private static @Nullable Object putAt(
      Map<@Nullable Object, @Nullable Object> map, Arguments arguments) {
    arguments.run().members().put(map, Values.key(arguments.get(0)), arguments.get(1));
    return arguments.get(1);
  }

  private static Map<@Nullable Object, @Nullable Object> part(
      Map<?, ?> map, int from, int to, Arguments arguments) {
    List<EntryValue> entries = arguments.run().members().entries(map);
    int end = Math.clamp(to, 0, entries.size());
    int start = Math.clamp(from, 0, end);
    Map<@Nullable Object, @Nullable Object> part = new LinkedHashMap<>();
    entries.subList(start, end).forEach(entry -> part.put(entry.key(), entry.value()));
    return part;
  }

  private static Object reverseEach(
      Map<@Nullable Object, @Nullable Object> map, Arguments arguments) {
    List<EntryValue> entries = new ArrayList<>(arguments.run().members().entries(map));
    Collections.reverse(entries);
    entries.forEach(entry -> arguments.callFor(arguments.closure(0), entry));
    return map;
  }
}
