package dev.deputy.pipeline;

import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The methods that values of one type have. What is not in a table does not exist: no method of the
 * JVM is ever looked up by name.
 */
final class MethodTable<T> {
  /** What a method does. */
  @FunctionalInterface
  interface Body<T> {
    @Nullable Object call(T self, Arguments arguments);
  }

  private record Entry<T>(int least, int most, Body<T> body) {}

  private final String type;
  private final TreeMap<String, Entry<T>> entries = new TreeMap<>();

  MethodTable(String type) {
    this.type = type;
  }

  /** A method with so many arguments. */
  MethodTable<T> add(String name, int count, Body<T> body) {
    return add(name, count, count, body);
  }

  /** A method with at least and at most so many arguments. */
  MethodTable<T> add(String name, int least, int most, Body<T> body) {
    entries.put(name, new Entry<>(least, most, body));
    return this;
  }

  /** Without these methods. */
  MethodTable<T> without(String... names) {
    entries.keySet().removeAll(Set.of(names));
    return this;
  }

  Set<String> names() {
    return entries.keySet();
  }

  @Nullable Object call(T self, Arguments arguments) {
    Entry<T> entry = entries.get(arguments.method());
    if (entry == null) {
      Refusals.refuseMethod(arguments.method());
      throw ScriptError.of(
          Type.MISSING_METHOD,
          "%s has no method %s()%s"
              .formatted(
                  type,
                  arguments.method(),
                  Suggestion.among(arguments.method(), names())
                      .map(name -> "; did you mean " + name + "()?")
                      .orElse("")));
    }
    if (arguments.count() < entry.least() || arguments.count() > entry.most()) {
      throw ScriptError.of(
          Type.MISSING_METHOD,
          "%s.%s() takes %s arguments, not %d"
              .formatted(type, arguments.method(), range(entry), arguments.count()));
    }
    try {
      return entry.body().call(self, arguments);
    } catch (UnsupportedOperationException e) {
      throw ScriptError.of(
          Type.UNSUPPORTED, "%s.%s() is not possible".formatted(type, arguments.method()));
    }
  }

  private static String range(Entry<?> entry) {
    return entry.least() == entry.most()
        ? Integer.toString(entry.least())
        : entry.least() + " to " + entry.most();
  }
}
