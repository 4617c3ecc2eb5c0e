package dev.deputy.pipeline;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The classes of Java's and Groovy's libraries that pipelines may use, with what they may use of
 * them. A constructor is the static method {@code new}.
 */
final class KnownTypes {
  private final Map<Type, MethodTable<Type>> statics = new EnumMap<>(Type.class);
  private final Map<Type, MethodTable<KnownValue>> methods = new EnumMap<>(Type.class);

  KnownTypes() {
    Dates.addTo(this);
    Times.addTo(this);
    TextTypes.addTo(this);
    JsonTypes.addTo(this);
    ChanceTypes.addTo(this);
    Causes.addTo(this);
  }

  /** The static methods of a type, to add to. */
  MethodTable<Type> statics(Type type) {
    return statics.computeIfAbsent(type, each -> new MethodTable<>(each.displayName()));
  }

  /** The methods of the values of a type, to add to. */
  MethodTable<KnownValue> methods(Type type) {
    return methods.computeIfAbsent(type, each -> new MethodTable<>(each.displayName()));
  }

  boolean has(Type type, String name) {
    MethodTable<Type> table = statics.get(type);
    return table != null && table.names().contains(name);
  }

  boolean has(KnownValue value, String name) {
    MethodTable<KnownValue> table = methods.get(value.type());
    return table != null && table.names().contains(name);
  }

  @Nullable Object call(Type type, Arguments arguments) {
    return statics(type).call(type, arguments);
  }

  @Nullable Object call(KnownValue value, Arguments arguments) {
    return methods(value.type()).call(value, arguments);
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>();
    statics.values().forEach(table -> names.addAll(table.names()));
    methods.values().forEach(table -> names.addAll(table.names()));
    names.remove("new");
    return names;
  }
}
