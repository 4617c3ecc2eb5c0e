package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of closures. */
final class ClosureMethods {
  private static final int MOST = 20;

  private ClosureMethods() {}

  static MethodTable<ClosureValue> table() {
    MethodTable<ClosureValue> table = new MethodTable<>("Closure");
    // what functions of Java's are called by
    for (String call :
        List.of("call", "doCall", "run", "apply", "accept", "test", "get", "compare")) {
      table.add(call, 0, MOST, ClosureMethods::call);
    }
    return table
        .add("curry", 1, MOST, (c, a) -> curried(c, a, 0))
        .add("rcurry", 1, MOST, (c, a) -> curried(c, a, c.arity() - a.count()))
        .add("ncurry", 2, MOST, ClosureMethods::ncurried)
        .add("memoize", 0, ClosureMethods::memoized)
        .add("rightShift", 1, (c, a) -> composed(c, a.closure(0), a.run()))
        .add("andThen", 1, (c, a) -> composed(c, a.closure(0), a.run()))
        .add("leftShift", 1, (c, a) -> composed(a.closure(0), c, a.run()))
        .add("compose", 1, (c, a) -> composed(a.closure(0), c, a.run()))
        .add("rehydrate", 3, (c, a) -> a.get(0) == null ? c : c.with(a.get(0)))
        .add("getDelegate", 0, (c, _) -> c.delegate())
        .add("setDelegate", 1, (c, a) -> set(c, "delegate", a))
        .add("getOwner", 0, (c, _) -> c.owner())
        .add("getThisObject", 0, (c, _) -> c.captured().self().value())
        .add("getResolveStrategy", 0, (c, _) -> c.strategy().number())
        .add("setResolveStrategy", 1, (c, a) -> set(c, "resolveStrategy", a))
        .add("getMaximumNumberOfParameters", 0, (c, _) -> c.arity());
  }

  private static @Nullable Object set(ClosureValue closure, String name, Arguments arguments) {
    arguments.run().members().set(closure, name, arguments.get(0), arguments.context());
    return null;
  }

  private static @Nullable Object call(ClosureValue closure, Arguments arguments) {
    return arguments
        .run()
        .invocations()
        .callClosure(closure, arguments.positional(), arguments.context());
  }

  private static ClosureValue ncurried(ClosureValue closure, Arguments arguments) {
    Arguments values =
        new Arguments(
            arguments.method(),
            arguments.positional().subList(1, arguments.count()),
            arguments.run(),
            arguments.context());
    return curried(closure, values, arguments.integer(0));
  }

  /** With some arguments given already, from a place on. */
  private static ClosureValue curried(ClosureValue closure, Arguments arguments, int from) {
    List<@Nullable Object> given = List.copyOf(arguments.positional());
    Interpreter run = arguments.run();
    return new ClosureValue(
        (rest, context) -> {
          List<@Nullable Object> all = new ArrayList<>(rest);
          all.addAll(Math.clamp(from, 0, all.size()), given);
          return run.invocations().callClosure(closure, all, context);
        },
        Math.max(0, closure.arity() - given.size()),
        closure.captured());
  }

  /** First one, then the other. */
  static ClosureValue composed(ClosureValue first, ClosureValue second, Interpreter run) {
    return new ClosureValue(
        (given, context) ->
            run.invocations()
                .callClosure(
                    second,
                    Instances.listOf(run.invocations().callClosure(first, given, context)),
                    context),
        first.arity(),
        first.captured());
  }

  private static ClosureValue memoized(ClosureValue closure, Arguments arguments) {
    Interpreter run = arguments.run();
    Map<String, @Nullable Object> known = new LinkedHashMap<>();
    return new ClosureValue(
        (given, context) -> {
          String key = run.values().classNames(given) + run.values().text(given);
          if (!known.containsKey(key)) {
            run.budget().elements(known.size() + 1L, 2);
            known.put(key, run.invocations().callClosure(closure, given, context));
          }
          return known.get(key);
        },
        closure.arity(),
        closure.captured());
  }
}
