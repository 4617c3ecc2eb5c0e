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
        new Globals(
            run.host(),
            run.values(),
            new StepArguments(run.budget(), run.values()),
            run::parameters);
    this.coercion = new Coercion(run.values());
  }

  Globals globals() {
    return globals;
  }

  /** The value as one of a type, for casts and typed variables. */
  @Nullable Object coerce(@Nullable Object value, TypeRef type) {
    return switch (type) {
      case Type known -> run.classes().isInstance(value, known) ? value : coercion.to(known, value);
      case TypeRef.Array array -> array(value, array.element());
      case TypeRef.Declared declared -> object(value, declared);
      case TypeRef.Unavailable missing -> {
        if (value != null) {
          throw new RefusedUse(missing.refusal());
        }
        yield null;
      }
    };
  }

  private @Nullable Object array(@Nullable Object value, TypeRef element) {
    if (value == null) {
      return null;
    }
    List<@Nullable Object> items = new ArrayList<>();
    for (Object item : spreadable(value)) {
      run.budget().elements(items.size() + 1L, 1);
      items.add(item == null ? null : coerce(item, element));
    }
    return items;
  }

  private @Nullable Object object(@Nullable Object value, TypeRef.Declared type) {
    DeclaredClass wanted = run.classes().of(type);
    if (value == null || run.classes().isInstance(value, type)) {
      return value;
    }
    ClassDeclaration.Kind kind = wanted.declaration().kind();
    if (kind == ClassDeclaration.Kind.ENUM && value instanceof String name) {
      return run.instances().constant(wanted, name);
    }
    if (kind == ClassDeclaration.Kind.INTERFACE
        && (value instanceof ClosureValue || value instanceof Map<?, ?>)) {
      return value;
    }
    if (value instanceof NamedArguments || value instanceof Map<?, ?>) {
      return run.instances().construction().construct(wanted, Instances.listOf(value), null);
    }
    throw ScriptError.of(
        Type.CLASS_CAST,
        "Cannot cast object '%s' with class '%s' to class '%s'"
            .formatted(run.values().text(value), run.values().className(value), wanted.name()));
  }

  /** What a field or variable of a type has before anything is assigned. */
  @Nullable Object initial(TypeRef type) {
    return null;
  }

  /** The value as one of a type, for {@code as}. */
  @Nullable Object convert(@Nullable Object value, TypeRef type) {
    return type instanceof Type known && !run.classes().isInstance(value, known)
        ? coercion.as(known, value)
        : coerce(value, type);
  }

  /** A variable: local, of what the code belongs to, a global object, or of the environment. */
  @Nullable Object variable(String name, Frame frame) {
    if (frame.knows(name)) {
      return frame.value(name);
    }
    Object found = run.names().find(name, frame);
    if (!Names.isAbsent(found)) {
      return found;
    }
    if (frame.context().pending() != null) {
      return null; // as in Jenkins: "${UNKNOWN}" in an environment block is "null"
    }
    throw missing(name, frame.self().value());
  }

  /** Something that every script has, or {@link Names#ABSENT}. */
  @Nullable Object global(String name, ScriptValue script, Context context) {
    Object global = globals.named(name);
    if (global != null) {
      return global;
    }
    if (name.equals("steps")) {
      return run.main();
    }
    if (name.equals("binding")) {
      return new BindingValue(script);
    }
    ScriptValue library = run.libraries().variable(name, context);
    if (library != null) {
      return library;
    }
    String environment = context.variable(name);
    if (environment != null) {
      return environment;
    }
    Object parameter = run.host().parameters().get(name);
    return parameter == null ? Names.ABSENT : run.values().text(parameter);
  }

  ScriptError missing(String name, Object owner) {
    return ScriptError.of(
        Type.MISSING_PROPERTY,
        "No such property: " + name + " for class: " + run.values().className(owner));
  }

  /** {@code name = value} where the name is no local variable. */
  void setVariable(ScriptValue script, String name, @Nullable Object value) {
    if (script.fields().containsKey(name)) {
      script.fields().put(name, value);
    } else if (globals.named(name) != null || name.equals("steps")) {
      throw ScriptError.refused("'" + name + "' cannot be replaced");
    } else {
      script.variables().put(name, value);
    }
  }

  void setVariable(String name, @Nullable Object value, Frame frame) {
    if (frame.knows(name)) {
      frame.assign(name, value);
    } else {
      run.names().set(name, value, frame);
    }
  }

  /** {@code target.name}, or {@link Names#ABSENT} where there is no such property. */
  @Nullable Object find(Object target, String name, Context context) {
    return switch (target) {
      case ObjectValue object -> run.instances().find(object, name, context);
      case DeclaredClass type -> run.instances().find(type, name, context);
      case ScriptValue script -> run.names().ofScript(name, script, context);
      default -> {
        try {
          yield get(target, name, context);
        } catch (ScriptError error) {
          if (error.error().type() != Type.MISSING_PROPERTY) {
            throw error;
          }
          yield Names.ABSENT;
        }
      }
    };
  }

  /** {@code target.name}. */
  @Nullable Object get(@Nullable Object target, String name, Context context) {
    return switch (target) {
      case LazyText lazy -> get(lazy.text(), name, context);
      case null ->
          throw ScriptError.of(
              Type.NULL_POINTER, "Cannot get property '" + name + "' on null object");
      case Map<?, ?> map -> map.get(name);
      case ObjectValue object -> present(run.instances().find(object, name, context), name, object);
      case DeclaredClass type -> present(run.instances().find(type, name, context), name, type);
      case ScriptValue script -> present(run.names().ofScript(name, script, context), name, script);
      case ClosureValue closure -> ofClosure(closure, name);
      case PackageValue above -> run.libraries().below(above, name);
      case Global global -> globals.get(global, name, context);
      case DockerValue docker -> DockerMethods.property(docker, name);
      case EntryValue entry when name.equals("key") -> entry.key();
      case EntryValue entry when name.equals("value") -> entry.value();
      case ErrorValue error -> ErrorMethods.property(error, name);
      case MatcherValue matcher when name.equals("count") -> matcher.count();
      case RangeValue range when name.equals("from") || name.equals("to") ->
          range.isEmpty() || name.equals("to") == range.isReverse()
              ? range.getFirst()
              : range.getLast();
      case List<?> list when name.equals("indices") -> new RangeValue(0, list.size(), false, true);
      case List<?> list when name.equals("length") -> list.size();
      case String text when name.equals("bytes") ->
          run.invocations().method(text, "getBytes", List.of(), context);
      case List<?> list -> getEach(list, name, context);
      case NamedClass type when NamedClass.PROPERTIES.contains(name) -> type.property(name);
      case Type type when NamedClass.PROPERTIES.contains(name) ->
          NamedClass.of(type).property(name);
      case Type type -> staticProperty(type, name, context);
      case KnownValue known -> ofKnown(known, name, context);
      case BindingValue binding when name.equals("variables") ->
          run.invocations().method(binding, "getVariables", List.of(), context);
      case BindingValue binding -> binding.variable(name, run);
      default -> throw missing(name, target);
    };
  }

  private @Nullable Object ofKnown(KnownValue value, String name, Context context) {
    String getter = "get" + Instances.capitalized(name);
    if (!run.invocations().has(value, getter)) {
      throw missing(name, value);
    }
    return run.invocations().method(value, getter, List.of(), context);
  }

  private @Nullable Object staticProperty(Type type, String name, Context context) {
    String getter = "get" + Instances.capitalized(name);
    return run.invocations().hasStatic(type, getter)
        ? run.invocations().method(type, getter, List.of(), context)
        : StaticMethods.property(type, name);
  }

  private @Nullable Object present(@Nullable Object found, String name, Object owner) {
    if (Names.isAbsent(found)) {
      throw missing(name, owner);
    }
    return found;
  }

  private Object ofClosure(ClosureValue closure, String name) {
    return switch (name) {
      case "delegate" -> closure.delegate();
      case "owner" -> closure.owner();
      case "thisObject" -> closure.captured().self().value();
      case "resolveStrategy" -> closure.strategy().number();
      case "maximumNumberOfParameters" -> closure.arity();
      default -> throw missing(name, closure);
    };
  }

  private void setOfClosure(ClosureValue closure, String name, @Nullable Object value) {
    if (name.equals("delegate") && value != null) {
      closure.delegate(value);
    } else if (name.equals("resolveStrategy") && value instanceof Integer place) {
      closure.strategy(ClosureValue.Strategy.numbered(place));
    } else {
      throw missing(name, closure);
    }
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
  void set(@Nullable Object target, String name, @Nullable Object value, Context context) {
    switch (target) {
      case null ->
          throw ScriptError.of(
              Type.NULL_POINTER, "Cannot set property '" + name + "' on null object");
      case Map<?, ?> map -> put(map, name, value);
      case Global global -> globals.set(global, name, value);
      case ObjectValue object -> run.instances().set(object, name, value, context);
      case DeclaredClass type -> setStatic(type, name, value);
      case ScriptValue script -> setVariable(script, name, value);
      case ClosureValue closure -> setOfClosure(closure, name, value);
      case BindingValue binding -> binding.set(name, value, run);
      case KnownValue known
          when run.invocations().has(known, "set" + Instances.capitalized(name)) ->
          run.invocations()
              .method(known, "set" + Instances.capitalized(name), Instances.listOf(value), context);
      default ->
          throw ScriptError.refused(
              "property '%s' of a %s cannot be set".formatted(name, Values.typeName(target)));
    }
  }

  private void setStatic(DeclaredClass type, String name, @Nullable Object value) {
    run.instances()
        .setStatic(type.holderOf(name).orElseThrow(() -> missing(name, type)), name, value);
  }

  /** {@code target[index]}. */
  @Nullable Object element(@Nullable Object target, @Nullable Object index, Context context) {
    return switch (target) {
      case null ->
          throw ScriptError.of(Type.NULL_POINTER, "Cannot invoke method getAt() on null object");
      case Map<?, ?> map -> map.get(Values.key(index));
      case Global global -> globals.get(global, run.values().text(index), context);
      case List<?> list -> Slices.of(list, index, run.budget());
      case String text -> Slices.of(text, index, run.budget());
      case MatcherValue matcher when index instanceof Integer place -> matcher.get(place);
      case ObjectValue object ->
          !object.type().methods("getAt").isEmpty()
              ? run.invocations().method(object, "getAt", Instances.listOf(index), context)
              : get(object, run.values().text(index), context);
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
      case List<?> list when index instanceof RangeValue range -> put(list, range, value);
      case Global global -> globals.set(global, run.values().text(index), value);
      case ObjectValue object -> setElement(object, index, value);
      case null, default ->
          throw ScriptError.refused(
              "elements of a %s cannot be set by %s"
                  .formatted(Values.typeName(target), Values.typeName(index)));
    }
  }

  private void setElement(ObjectValue object, @Nullable Object index, @Nullable Object value) {
    if (object.type().methods("putAt").isEmpty()) {
      run.instances().set(object, run.values().text(index), value, run.current());
      return;
    }
    List<@Nullable Object> both = Instances.listOf(index);
    both.add(value);
    run.invocations().method(object, "putAt", both, run.current());
  }

  @SuppressWarnings("unchecked") // every map of pipeline code holds any value
  void put(Map<?, ?> map, @Nullable Object key, @Nullable Object value) {
    run.budget().elements(map.size() + 1L, 2);
    try {
      ((Map<@Nullable Object, @Nullable Object>) map).put(key, value);
    } catch (UnsupportedOperationException _) {
      throw ScriptError.unchangeable();
    }
  }

  @SuppressWarnings("unchecked") // every list of pipeline code holds any value
  private void put(List<?> list, int index, @Nullable Object value) {
    int place = index < 0 ? list.size() + index : index;
    if (place < 0) {
      throw ScriptError.of(
          Type.ARRAY_OUT_OF_BOUNDS,
          "Negative array index [%d] too large for array size %d".formatted(index, list.size()));
    }
    List<@Nullable Object> items = (List<@Nullable Object>) list;
    run.budget().elements(place + 1L, Math.max(0, place + 1L - items.size()));
    try {
      while (items.size() <= place) {
        items.add(null);
      }
      items.set(place, value);
    } catch (UnsupportedOperationException _) {
      throw ScriptError.unchangeable();
    }
  }

  /** {@code list[1..2] = items}: a part of it by others. */
  @SuppressWarnings("unchecked") // every list of pipeline code holds any value
  private void put(List<?> list, RangeValue range, @Nullable Object value) {
    RangeValue places = range.within(list.size());
    int from = places.isEmpty() ? 0 : Math.min(places.at(0), places.at(places.size() - 1));
    List<?> items = spreadable(value);
    run.budget().elements((long) list.size() + items.size(), items.size());
    if (from < 0 || from + places.size() > list.size()) {
      throw ScriptError.of(Type.OUT_OF_BOUNDS, "toIndex = " + (from + places.size()));
    }
    List<@Nullable Object> part =
        ((List<@Nullable Object>) list).subList(from, from + places.size());
    List<@Nullable Object> copy = new ArrayList<>(items);
    part.clear();
    part.addAll(copy);
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
      case MatcherValue matcher -> matcher.items();
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
