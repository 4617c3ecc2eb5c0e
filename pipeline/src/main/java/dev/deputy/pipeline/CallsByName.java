package dev.deputy.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code name(…)}: a closure, a method, a library's variable or a step, whichever is nearest. */
final class CallsByName {
  private final Interpreter run;

  CallsByName(Interpreter run) {
    this.run = run;
  }

  @Nullable Object call(String name, List<@Nullable Object> arguments, Position at, Frame frame) {
    if (frame.knows(name)) {
      Object local = frame.value(name);
      if (isCallable(local)) {
        return callValue(local, arguments, frame.context());
      }
    }
    ClosureValue closure = frame.closure();
    Object found =
        closure == null
            ? ofSelf(frame.self(), name, arguments, at, frame.context())
            : ofClosure(closure, name, arguments, at, frame.context());
    if (Names.isAbsent(found)) {
      throw run.invocations().missingMethod(frame.self().value(), name, arguments);
    }
    return found;
  }

  static boolean isCallable(@Nullable Object value) {
    return value instanceof ClosureValue
        || value instanceof ScriptValue
        || (value instanceof ObjectValue object && !object.type().methods("call").isEmpty());
  }

  private @Nullable Object callValue(
      @Nullable Object value, List<@Nullable Object> arguments, Context context) {
    return value instanceof ClosureValue closure
        ? run.invocations().callClosure(closure, arguments, context)
        : run.invocations().method(value, "call", arguments, context);
  }

  private @Nullable Object ofClosure(
      ClosureValue closure,
      String name,
      List<@Nullable Object> arguments,
      Position at,
      Context context) {
    return switch (closure.strategy()) {
      case OWNER_FIRST -> {
        // A script answers for every name, with a step or an error: it comes last.
        Object found =
            hasOwnDelegate(closure) && !ownerKnows(closure, name, context)
                ? ofDelegate(closure, name, arguments, at, context)
                : Names.ABSENT;
        yield !Names.isAbsent(found) ? found : ofOwner(closure, name, arguments, at, context);
      }
      case DELEGATE_FIRST -> {
        Object found =
            hasOwnDelegate(closure)
                ? ofDelegate(closure, name, arguments, at, context)
                : Names.ABSENT;
        yield !Names.isAbsent(found) ? found : ofOwner(closure, name, arguments, at, context);
      }
      case OWNER_ONLY -> ofOwner(closure, name, arguments, at, context);
      case DELEGATE_ONLY -> ofDelegate(closure, name, arguments, at, context);
      case TO_SELF -> Names.ABSENT;
    };
  }

  @SuppressWarnings("ReferenceEquality") // a delegate is what it is, not what it equals
  private static boolean hasOwnDelegate(ClosureValue closure) {
    return closure.delegate() != closure.owner();
  }

  /** Whether a call of this name goes to what is around a closure, whatever its delegate has. */
  private boolean ownerKnows(ClosureValue closure, String name, Context context) {
    Self self = closure.captured().self();
    return switch (self.value()) {
      case ScriptValue script ->
          script.script().methods().containsKey(name)
              || isCallable(run.names().ofScript(name, script, context))
              || run.stepCalls().knows(name);
      case ObjectValue object -> !object.type().methods(name).isEmpty();
      case DeclaredClass type -> !type.methods(name).isEmpty();
      default -> false;
    };
  }

  private @Nullable Object ofOwner(
      ClosureValue closure,
      String name,
      List<@Nullable Object> arguments,
      Position at,
      Context context) {
    ClosureValue outer = closure.captured().closure();
    return outer == null
        ? ofSelf(closure.captured().self(), name, arguments, at, context)
        : ofClosure(outer, name, arguments, at, context);
  }

  private @Nullable Object ofDelegate(
      ClosureValue closure,
      String name,
      List<@Nullable Object> arguments,
      Position at,
      Context context) {
    return switch (closure.delegate()) {
      case ClosureValue other -> ofClosure(other, name, arguments, at, context);
      case ScriptValue script -> ofScript(script, name, arguments, at, context);
      case ObjectValue object -> run.instances().anyMethod(object, name, arguments, context);
      case Map<?, ?> map when map.get(name) instanceof ClosureValue value ->
          run.invocations().callClosure(value, arguments, context);
      case Object other ->
          run.invocations().has(other, name)
              ? run.invocations().method(other, name, arguments, context)
              : Names.ABSENT;
    };
  }

  private @Nullable Object ofSelf(
      Self self, String name, List<@Nullable Object> arguments, Position at, Context context) {
    return switch (self.value()) {
      case ScriptValue script -> ofScript(script, name, arguments, at, context);
      case ObjectValue object -> ofObject(object, self, name, arguments, context);
      case DeclaredClass type -> ofClass(type, name, arguments, context);
      default -> Names.ABSENT;
    };
  }

  private @Nullable Object ofObject(
      ObjectValue object,
      Self self,
      String name,
      List<@Nullable Object> arguments,
      Context context) {
    Object found = run.instances().anyMethod(object, name, arguments, context);
    if (Names.isAbsent(found)
        && object.fields().containsKey(name)
        && isCallable(object.fields().get(name))) {
      found = callValue(object.fields().get(name), arguments, context);
    }
    if (Names.isAbsent(found) && object.outer() != null) {
      Self outer = new Self(object.outer(), object.outer().type());
      found = ofObject(object.outer(), outer, name, arguments, context);
    }
    if (Names.isAbsent(found) && self.home() != null) {
      found = ofClass(self.home(), name, arguments, context);
    }
    return Names.isAbsent(found) && isGeneral(name)
        ? run.invocations().method(object, name, arguments, context)
        : found;
  }

  private static boolean isGeneral(String name) {
    return name.equals("toString") || name.equals("hashCode") || name.equals("equals");
  }

  private @Nullable Object ofClass(
      DeclaredClass type, String name, List<@Nullable Object> arguments, Context context) {
    for (DeclaredClass each = type; each != null; each = run.classes().outer(each)) {
      Object found = run.instances().staticMethod(each, name, arguments, context);
      if (!Names.isAbsent(found)) {
        return found;
      }
    }
    return Names.ABSENT;
  }

  /** {@code script.name(…)}: its methods, its closures, variables of libraries, steps. */
  @Nullable Object ofScript(
      ScriptValue script,
      String name,
      List<@Nullable Object> arguments,
      Position at,
      Context context) {
    List<Script.Method> methods = script.script().methods().get(name);
    if (methods != null) {
      Optional<Script.Method> chosen =
          run.invocations().overloads().choose(methods, each -> each, arguments);
      return run.invocations()
          .run(
              chosen.orElseThrow(() -> run.invocations().missingMethod(script, name, arguments)),
              Self.of(script),
              arguments,
              context);
    }
    Object variable =
        script.fields().containsKey(name)
            ? script.fields().get(name)
            : script.variables().get(name);
    if (variable == null) {
      variable = run.libraries().variable(name, context);
    }
    if (isCallable(variable)) {
      return callValue(variable, arguments, context);
    }
    if (name.equals("getBinding") && arguments.isEmpty()) {
      return new BindingValue(script);
    }
    return run.stepCalls().call(script, name, arguments, at, context);
  }
}
