package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables, properties and elements of values. */
final class Members {
  private final Interpreter run;
  private final Globals globals;
  private final Coercion coercion;

  Members(Interpreter run) {
    this.run = run;
    this.globals =
        new Globals(run.host(), run.values(), new StepArguments(run.budget(), run.values()));
    this.coercion = new Coercion(run.values());
  }

  Globals globals() {
    return globals;
  }

  /** The value as one of a type, for casts and typed variables. */
  @Nullable Object coerce(@Nullable Object value, Type type) {
    return coercion.to(type, value);
  }

  /** A variable: local, of the script, a global object, or one of the environment. */
  @Nullable Object variable(String name, Frame frame) {
    if (frame.knows(name)) {
      return frame.value(name);
    }
    if (run.bindings().containsKey(name)) {
      return run.bindings().get(name);
    }
    Object global = globals.named(name);
    if (global != null) {
      return global;
    }
    String environment = frame.context().variable(name);
    if (environment != null) {
      return environment;
    }
    Object parameter = run.host().parameters().get(name);
    if (parameter != null) {
      return run.values().text(parameter);
    }
    if (frame.context().pending() != null) {
      return null; // as in Jenkins: "${UNKNOWN}" in an environment block is "null"
    }
    throw ScriptError.of(Type.MISSING_PROPERTY, "No such property: " + name);
  }

  void setVariable(String name, @Nullable Object value, Frame frame) {
    if (frame.knows(name)) {
      frame.assign(name, value);
    } else if (globals.named(name) != null) {
      throw ScriptError.refused("'" + name + "' cannot be replaced");
    } else {
      run.bindings().put(name, value);
    }
  }

  /** {@code target.name}. */
  @Nullable Object get(@Nullable Object target, String name, Context context) {
    return switch (target) {
      case null ->
          throw ScriptError.of(
              Type.NULL_POINTER, "Cannot get property '" + name + "' on null object");
      case Map<?, ?> map -> map.get(name);
      case Global global -> globals.get(global, name, context);
      case EntryValue entry when name.equals("key") -> entry.key();
      case EntryValue entry when name.equals("value") -> entry.value();
      case ErrorValue error -> ErrorMethods.property(error, name);
      case List<?> list when name.equals("length") -> list.size();
      case List<?> list -> getEach(list, name, context);
      case Type type -> StaticMethods.property(type, name);
      default ->
          throw ScriptError.of(
              Type.MISSING_PROPERTY,
              "No such property: %s for %s".formatted(name, Values.typeName(target)));
    };
  }

  /** {@code target*.name}. */
  List<@Nullable Object> getEach(Object target, String name, Context context) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Object item : spreadable(target)) {
      run.budget().elements(values.size() + 1L, 1);
      values.add(item == null ? null : get(item, name, context));
    }
    return values;
  }

  /** {@code target.name = value}. */
  void set(@Nullable Object target, String name, @Nullable Object value) {
    switch (target) {
      case null ->
          throw ScriptError.of(
              Type.NULL_POINTER, "Cannot set property '" + name + "' on null object");
      case Map<?, ?> map -> put(map, name, value);
      case Global global -> globals.set(global, name, value);
      default ->
          throw ScriptError.refused(
              "property '%s' of a %s cannot be set".formatted(name, Values.typeName(target)));
    }
  }

  /** {@code target[index]}. */
  @Nullable Object element(@Nullable Object target, @Nullable Object index, Context context) {
    return switch (target) {
      case null ->
          throw ScriptError.of(Type.NULL_POINTER, "Cannot get an element of a null object");
      case Map<?, ?> map -> map.get(Values.key(index));
      case Global global -> globals.get(global, run.values().text(index), context);
      case List<?> list -> Slices.of(list, index, run.budget());
      case String text -> Slices.of(text, index, run.budget());
      case MatcherValue matcher when index instanceof Integer place -> matcher.get(place);
      default ->
          throw ScriptError.of(
              Type.MISSING_METHOD,
              "a %s has no elements by %s"
                  .formatted(Values.typeName(target), Values.typeName(index)));
    };
  }

  /** {@code target[index] = value}. */
  void setElement(@Nullable Object target, @Nullable Object index, @Nullable Object value) {
    switch (target) {
      case Map<?, ?> map -> put(map, Values.key(index), value);
      case List<?> list when index instanceof Integer place -> put(list, place, value);
      case Global global -> globals.set(global, run.values().text(index), value);
      case null, default ->
          throw ScriptError.refused(
              "elements of a %s cannot be set by %s"
                  .formatted(Values.typeName(target), Values.typeName(index)));
    }
  }

  @SuppressWarnings("unchecked") // every map of pipeline code holds any value
  void put(Map<?, ?> map, @Nullable Object key, @Nullable Object value) {
    run.budget().elements(map.size() + 1L, 2);
    try {
      ((Map<@Nullable Object, @Nullable Object>) map).put(key, value);
    } catch (UnsupportedOperationException _) {
      throw ScriptError.refused("this map cannot be changed");
    }
  }

  @SuppressWarnings("unchecked") // every list of pipeline code holds any value
  private void put(List<?> list, int index, @Nullable Object value) {
    int place = index < 0 ? list.size() + index : index;
    if (place < 0) {
      throw ScriptError.of(Type.OUT_OF_BOUNDS, "Negative array index [" + index + "] too large");
    }
    List<@Nullable Object> items = (List<@Nullable Object>) list;
    run.budget().elements(place + 1L, Math.max(0, place + 1L - items.size()));
    try {
      while (items.size() <= place) {
        items.add(null);
      }
      items.set(place, value);
    } catch (UnsupportedOperationException _) {
      throw ScriptError.refused("this list cannot be changed");
    }
  }

  /** What {@code for}, {@code each} and {@code *} go over. */
  List<?> spreadable(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> list -> list;
      case Map<?, ?> map -> entries(map);
      case String text -> {
        run.budget().elements(text.length(), text.length());
        yield text.chars().mapToObj(c -> String.valueOf((char) c)).toList();
      }
      case MatcherValue matcher -> matcher.found();
      default -> {
        List<@Nullable Object> single = new ArrayList<>();
        single.add(value);
        yield single;
      }
    };
  }

  List<EntryValue> entries(Map<?, ?> map) {
    run.budget().elements(map.size(), map.size());
    List<EntryValue> entries = new ArrayList<>(map.size());
    map.forEach((key, value) -> entries.add(new EntryValue(key, value)));
    return entries;
  }

  Map<@Nullable Object, @Nullable Object> collect(List<EntryValue> entries) {
    run.budget().elements(entries.size(), entries.size());
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    entries.forEach(entry -> map.put(entry.key(), entry.value()));
    return map;
  }
}
