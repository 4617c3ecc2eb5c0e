package dev.deputy.pipeline;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a name means that is no local variable: something of the object, class or script that the
 * code belongs to, or of a closure's delegate.
 */
final class Names {
  /** There is nothing of this name; null is a value. */
  static final Object ABSENT = new Object();

  /** Whether a value is {@link #ABSENT}. */
  static boolean isAbsent(@Nullable Object value) {
    return ABSENT.equals(value);
  }

  private final Interpreter run;

  Names(Interpreter run) {
    this.run = run;
  }

  /** The value of a name, or {@link #ABSENT}. */
  @Nullable Object find(String name, Frame frame) {
    ClosureValue closure = frame.closure();
    return closure == null
        ? ofSelf(name, frame.self(), frame.context())
        : ofClosure(name, closure, frame.context());
  }

  private @Nullable Object ofClosure(String name, ClosureValue closure, Context context) {
    return switch (name) {
      case "delegate" -> closure.delegate();
      case "owner" -> closure.owner();
      case "thisObject" -> closure.captured().self().value();
      default ->
          switch (closure.strategy()) {
            case OWNER_FIRST -> {
              Object found = ofOwner(name, closure, context);
              yield !isAbsent(found) || !hasOwnDelegate(closure)
                  ? found
                  : ofValue(name, closure.delegate(), context);
            }
            case DELEGATE_FIRST -> {
              Object found =
                  hasOwnDelegate(closure) ? ofValue(name, closure.delegate(), context) : ABSENT;
              yield !isAbsent(found) ? found : ofOwner(name, closure, context);
            }
            case OWNER_ONLY -> ofOwner(name, closure, context);
            case DELEGATE_ONLY -> ofValue(name, closure.delegate(), context);
            case TO_SELF -> ABSENT;
          };
    };
  }

  @SuppressWarnings("ReferenceEquality") // a delegate is what it is, not what it equals
  private static boolean hasOwnDelegate(ClosureValue closure) {
    return closure.delegate() != closure.owner();
  }

  private @Nullable Object ofOwner(String name, ClosureValue closure, Context context) {
    Frame captured = closure.captured();
    return captured.closure() == null
        ? ofSelf(name, captured.self(), context)
        : ofClosure(name, captured.closure(), context);
  }

  private @Nullable Object ofValue(String name, Object value, Context context) {
    return switch (value) {
      case ClosureValue closure -> ofClosure(name, closure, context);
      case ScriptValue script -> ofScript(name, script, context);
      case Map<?, ?> map -> map.get(name);
      default -> run.members().find(value, name, context);
    };
  }

  private @Nullable Object ofSelf(String name, Self self, Context context) {
    Object found =
        switch (self.value()) {
          case ScriptValue script -> ofScript(name, script, context);
          case ObjectValue object -> ofObject(name, object, self.home(), context);
          case DeclaredClass type -> ofClass(name, type);
          default -> ABSENT;
        };
    if (!isAbsent(found) || !Character.isUpperCase(name.charAt(0))) {
      return found;
    }
    DeclaredClass type = run.classes().find(name, self.home());
    return type == null ? ABSENT : type;
  }

  private @Nullable Object ofObject(
      String name, ObjectValue object, @Nullable DeclaredClass home, Context context) {
    if (object.fields().containsKey(name)) {
      return object.fields().get(name);
    }
    Object found = run.instances().find(object, name, context);
    if (isAbsent(found) && object.outer() != null) {
      found = ofObject(name, object.outer(), object.outer().type(), context);
    }
    return isAbsent(found) && home != null ? ofClass(name, home) : found;
  }

  /** Static members of a class and of those around it. */
  private @Nullable Object ofClass(String name, DeclaredClass type) {
    DeclaredClass holder = type.holderOf(name).orElse(null);
    if (holder != null) {
      return holder.statics().get(name);
    }
    DeclaredClass outer = run.classes().outer(type);
    return outer == null ? ABSENT : ofClass(name, outer);
  }

  /** A variable or global object of a script. */
  @Nullable Object ofScript(String name, ScriptValue script, Context context) {
    if (script.fields().containsKey(name)) {
      return script.fields().get(name);
    }
    if (script.variables().containsKey(name)) {
      return script.variables().get(name);
    }
    return run.members().global(name, script, context);
  }

  /** {@code name = value} where the name is no local variable. */
  void set(String name, @Nullable Object value, Frame frame) {
    ClosureValue closure = frame.closure();
    if (closure == null || !setOnDelegate(name, value, closure, frame.context())) {
      set(name, value, closure == null ? frame.self() : closure.captured().self());
    }
  }

  private boolean setOnDelegate(
      String name, @Nullable Object value, ClosureValue closure, Context context) {
    for (ClosureValue each = closure; each != null; each = each.captured().closure()) {
      boolean first =
          each.strategy() == ClosureValue.Strategy.DELEGATE_FIRST
              || each.strategy() == ClosureValue.Strategy.DELEGATE_ONLY;
      if (hasOwnDelegate(each) && (first || !canSet(name, each.captured().self()))) {
        Object delegate = each.delegate();
        if (delegate instanceof Map<?, ?>
            || (delegate instanceof ObjectValue object && run.instances().has(object, name))
            || (delegate instanceof ScriptValue && first)) {
          run.members().set(delegate, name, value, context);
          return true;
        }
      }
    }
    return false;
  }

  private boolean canSet(String name, Self self) {
    return self.value() instanceof ScriptValue
        || (self.value() instanceof ObjectValue object && run.instances().has(object, name));
  }

  private void set(String name, @Nullable Object value, Self self) {
    switch (self.value()) {
      case ScriptValue script -> run.members().setVariable(script, name, value);
      case ObjectValue object -> setOf(object, name, value, self.home());
      case DeclaredClass type -> setStatic(type, name, value);
      default -> throw run.members().missing(name, self.value());
    }
  }

  private void setOf(
      ObjectValue object, String name, @Nullable Object value, @Nullable DeclaredClass home) {
    if (object.fields().containsKey(name)) {
      run.instances().setField(object, name, value);
    } else if (home != null && home.holderOf(name).isPresent()) {
      setStatic(home, name, value);
    } else if (run.instances().has(object, name) || object.outer() == null) {
      run.instances().set(object, name, value, run.current());
    } else {
      setOf(object.outer(), name, value, object.outer().type());
    }
  }

  private void setStatic(DeclaredClass type, String name, @Nullable Object value) {
    DeclaredClass holder = type.holderOf(name).orElse(null);
    if (holder != null) {
      run.instances().setStatic(holder, name, value);
      return;
    }
    DeclaredClass outer = run.classes().outer(type);
    if (outer == null) {
      throw run.members().missing(name, type);
    }
    setStatic(outer, name, value);
  }
}
