package dev.deputy.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All the methods that values of pipeline code have. */
final class Builtins {
  private final MethodTable<String> strings = StringMethods.table();
  private final MethodTable<List<@Nullable Object>> lists = ListMethods.table();
  private final MethodTable<List<@Nullable Object>> sets = SetMethods.table();
  private final MethodTable<Map<@Nullable Object, @Nullable Object>> maps = MapMethods.table();
  private final MethodTable<Number> numbers = NumberMethods.table();
  private final MethodTable<ErrorValue> errors = ErrorMethods.table();
  private final MethodTable<EntryValue> entries =
      new MethodTable<EntryValue>("Map.Entry")
          .add("getKey", 0, (e, _) -> e.key())
          .add("getValue", 0, (e, _) -> e.value());
  private final MethodTable<ClosureValue> closures = ClosureMethods.table();
  private final MethodTable<MatcherValue> matchers = MatcherMethods.table();
  private final MethodTable<Pattern> patterns = MatcherMethods.patterns();
  private final MethodTable<Boolean> booleans =
      new MethodTable<Boolean>("Boolean")
          .add("toBoolean", 0, (b, _) -> b)
          .add("booleanValue", 0, (b, _) -> b)
          .add("implies", 1, (b, a) -> !b || Values.truth(a.get(0)));
  private final MethodTable<Global> globals =
      new MethodTable<Global>("this object")
          .add("getResult", 0, (g, a) -> a.run().members().get(g, "result", a.context()))
          .add(
              "getCurrentResult",
              0,
              (g, a) -> a.run().members().get(g, "currentResult", a.context()))
          .add(
              "getPreviousBuild",
              0,
              (g, a) -> a.run().members().get(g, "previousBuild", a.context()))
          .add("getNumber", 0, (g, a) -> a.run().members().get(g, "number", a.context()))
          .add("getEnvironment", 0, (g, a) -> a.run().members().globals().environment(a.context()))
          .add("getProperty", 1, (g, a) -> a.run().members().get(g, a.text(0), a.context()))
          .add("setProperty", 2, (g, a) -> set(g, a.text(0), a.get(1), a))
          .add("setResult", 1, (g, a) -> set(g, "result", a.get(0), a))
          .add("setDisplayName", 1, (g, a) -> set(g, "displayName", a.get(0), a))
          .add("setDescription", 1, (g, a) -> set(g, "description", a.get(0), a))
          .add("getBuildCauses", 0, 1, (g, a) -> causes(a))
          .add("resultIsBetterOrEqualTo", 1, (g, a) -> atLeast(g, a))
          .add("resultIsWorseOrEqualTo", 1, (g, a) -> !atLeast(g, a) || same(g, a));
  private final MethodTable<DockerValue> docker = DockerMethods.table();
  private final MethodTable<NamedClass> classes = NamedClass.table();
  private final MethodTable<BindingValue> bindings = BindingValue.table();
  private final MethodTable<Object> others = new MethodTable<>("this value");
  private final StaticMethods statics = new StaticMethods();
  private final KnownTypes known = new KnownTypes();

  /** Whether a method of this name reads a property. */
  static boolean isGetter(String method) {
    return method.matches("(get|is)[A-Z].*");
  }

  @SuppressWarnings("unchecked") // every list and map of pipeline code holds any value
  @Nullable Object call(Object target, Arguments arguments) {
    return switch (target) {
      case String text -> strings.call(text, arguments);
      case SetValue set -> sets.call(set, arguments);
      case List<?> list -> lists.call((List<@Nullable Object>) list, arguments);
      case Map<?, ?> map when ObjectMaps.has(map, arguments) -> ObjectMaps.call(map, arguments);
      case Map<?, ?> map -> maps.call((Map<@Nullable Object, @Nullable Object>) map, arguments);
      case Number number -> numbers.call(number, arguments);
      case ErrorValue error -> errors.call(error, arguments);
      case EntryValue entry -> entries.call(entry, arguments);
      case ClosureValue closure -> closures.call(closure, arguments);
      case MatcherValue matcher -> matchers.call(matcher, arguments);
      case Pattern pattern -> patterns.call(pattern, arguments);
      case Boolean flag -> booleans.call(flag, arguments);
      case Global global
          when !globals.names().contains(arguments.method())
              && arguments.count() == 0
              && isGetter(arguments.method()) ->
          arguments
              .run()
              .members()
              .get(global, Instances.property(arguments.method()), arguments.context());
      case Global global -> globals.call(global, arguments);
      case KnownValue value -> known.call(value, arguments);
      case BindingValue value -> bindings.call(value, arguments);
      case Type type when known.has(type, arguments.method()) -> known.call(type, arguments);
      case Type type when classes.names().contains(arguments.method()) ->
          classes.call(NamedClass.of(type), arguments);
      case NamedClass type -> classes.call(type, arguments);
      case Type type -> statics.call(type, arguments);
      case DockerValue value -> docker.call(value, arguments);
      default -> others.call(target, arguments);
    };
  }

  boolean hasStatic(Type type, String name) {
    return statics.has(type, name) || known.has(type, name);
  }

  /** Whether a value has a method of this name. */
  boolean has(Object target, String name) {
    return name.equals("toString")
        || (target instanceof KnownValue value
            ? known.has(value, name)
            : table(target).names().contains(name));
  }

  private MethodTable<?> table(Object target) {
    return switch (target) {
      case String _ -> strings;
      case SetValue _ -> sets;
      case List<?> _ -> lists;
      case Map<?, ?> _ -> maps;
      case Number _ -> numbers;
      case ErrorValue _ -> errors;
      case EntryValue _ -> entries;
      case ClosureValue _ -> closures;
      case MatcherValue _ -> matchers;
      case Pattern _ -> patterns;
      case Boolean _ -> booleans;
      case Global _ -> globals;
      case NamedClass _ -> classes;
      case BindingValue _ -> bindings;
      default -> others;
    };
  }

  private static @Nullable Object set(
      Global global, String property, @Nullable Object value, Arguments a) {
    a.run().members().set(global, property, value, a.context());
    return null;
  }

  private static Object causes(Arguments a) {
    return BuildFacts.causes(
        a.run().host().currentBuild().causes(), a.count() == 0 ? null : a.text(0));
  }

  private static boolean atLeast(Global build, Arguments arguments) {
    return current(build, arguments).compareTo(Globals.result(arguments.text(0))) <= 0;
  }

  private static boolean same(Global build, Arguments arguments) {
    return current(build, arguments) == Globals.result(arguments.text(0));
  }

  private static BuildResult current(Global build, Arguments arguments) {
    if (build == Global.CURRENT_BUILD) {
      return arguments.run().members().globals().current(arguments.context());
    }
    throw ScriptError.refused(build.expression() + " has no method " + arguments.method() + "()");
  }

  /** Names of all methods of all types: what a check can know before it knows any type. */
  Set<String> names() {
    Set<String> names =
        new TreeSet<>(List.of("toString", "equals", "is", "hashCode", "asBoolean", "with", "tap"));
    for (MethodTable<?> table :
        List.of(
            strings, lists, maps, numbers, errors, entries, closures, matchers, booleans,
            globals)) {
      names.addAll(table.names());
    }
    names.addAll(statics.names());
    names.addAll(known.names());
    names.addAll(bindings.names());
    names.addAll(classes.names());
    names.add("getBinding");
    names.addAll(docker.names());
    return names;
  }
}
