package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls closures, the script's methods, built-in methods and steps. */
final class Invocations {
  private final Interpreter run;
  private static final Position NOWHERE = new Position("", 0, 0);

  private final Builtins builtins = new Builtins();
  private final Overloads overloads;
  private final CallsByName byName;

  Invocations(Interpreter run) {
    this.run = run;
    this.overloads = new Overloads(run);
    this.byName = new CallsByName(run);
  }

  Overloads overloads() {
    return overloads;
  }

  @Nullable Object call(Expression.Call node, Frame frame) {
    if (node.target() == null) {
      return byName.call(node.name(), arguments(node, frame), node.at(), frame);
    }
    if (node.target() instanceof Expression.Super) {
      return ofParent(node, frame);
    }
    Object target = run.expressions().evaluate(node.target(), frame);
    if (target == null && node.access() != Expression.Access.PLAIN) {
      return null;
    }
    List<@Nullable Object> arguments = arguments(node, frame);
    if (node.access() == Expression.Access.SPREAD) {
      List<@Nullable Object> results = new ArrayList<>();
      for (Object item : run.members().spreadable(target)) {
        results.add(item == null ? null : method(item, node.name(), arguments, frame.context()));
      }
      return results;
    }
    return switch (target) {
      case ScriptValue script ->
          byName.ofScript(script, node.name(), arguments, node.at(), frame.context());
      case null, default -> method(target, node.name(), arguments, frame.context());
    };
  }

  /** {@code super.name(…)}. */
  private @Nullable Object ofParent(Expression.Call node, Frame frame) {
    List<@Nullable Object> arguments = arguments(node, frame);
    Self self = frame.self();
    DeclaredClass parent = self.home() == null ? null : self.home().parent();
    if (parent != null) {
      Optional<DeclaredClass.Found> found =
          overloads.choose(parent.methods(node.name()), DeclaredClass.Found::method, arguments);
      if (found.isPresent()) {
        return run(found.get(), self.value(), arguments, frame.context());
      }
    }
    if (self.value() instanceof ObjectValue object) {
      return general(object, node.name(), arguments, frame.context());
    }
    throw missingMethod(self.value(), node.name(), arguments);
  }

  /** The positional arguments; named ones are a map in front of them. */
  private List<@Nullable Object> arguments(Expression.Call node, Frame frame) {
    return arguments(node.arguments(), node.named(), frame);
  }

  List<@Nullable Object> arguments(
      List<Expression> positional, List<Expression.Entry> named, Frame frame) {
    List<@Nullable Object> arguments = run.expressions().items(positional, frame);
    if (!named.isEmpty()) {
      arguments.addFirst(new NamedArguments(run.expressions().entries(named, frame)));
    }
    return arguments;
  }

  /** {@code target.name(arguments)}. */
  @Nullable Object method(
      @Nullable Object on, String name, List<@Nullable Object> arguments, Context context) {
    run.budget().operation();
    Object target = LazyText.settled(on);
    Object found =
        switch (target) {
          case null -> Names.ABSENT;
          case Map<?, ?> map when map.get(name) instanceof ClosureValue closure ->
              callClosure(closure, arguments, context);
          case ObjectValue object -> run.instances().anyMethod(object, name, arguments, context);
          case DeclaredClass type -> run.instances().staticMethod(type, name, arguments, context);
          case ScriptValue script -> byName.ofScript(script, name, arguments, NOWHERE, context);
          default -> Names.ABSENT;
        };
    return Names.isAbsent(found) ? general(target, name, arguments, context) : found;
  }

  /** What every value has, and what the tables of methods have. */
  private @Nullable Object general(
      @Nullable Object target, String name, List<@Nullable Object> arguments, Context context) {
    if (name.equals("toString")
        && arguments.isEmpty()
        && !(target instanceof KnownValue known && known.type() == Type.JSON_BUILDER)) {
      return run.values().text(target);
    }
    if (name.equals("equals") && arguments.size() == 1) {
      return run.values().exactly(target, arguments.getFirst());
    }
    if (name.equals("is") && arguments.size() == 1) {
      return run.values().identical(target, arguments.getFirst());
    }
    if ((name.equals("with") || name.equals("tap"))
        && arguments.size() == 1
        && arguments.getFirst() instanceof ClosureValue closure
        && target != null) {
      Object value = with(target, closure, context);
      return name.equals("tap") ? target : value;
    }
    if (name.equals("asBoolean") && arguments.isEmpty()) {
      return run.values().isTrue(target);
    }
    if (target == null) {
      throw ScriptError.of(Type.NULL_POINTER, "Cannot invoke method " + name + "() on null object");
    }
    if (name.equals("hashCode")
        && arguments.isEmpty()
        && !(target instanceof Map || target instanceof List)) {
      return target instanceof ObjectValue object
          ? object.type().name().hashCode()
          : target.hashCode();
    }
    if (target instanceof ObjectValue || target instanceof DeclaredClass) {
      throw missingMethod(target, name, arguments);
    }
    return builtins.call(target, new Arguments(name, arguments, run, context));
  }

  private @Nullable Object with(Object target, ClosureValue closure, Context context) {
    ClosureValue delegating = closure.with(target);
    delegating.strategy(ClosureValue.Strategy.DELEGATE_FIRST);
    return callClosure(delegating, Instances.listOf(target), context);
  }

  /** Calls what {@code target.&name} points at. */
  @Nullable Object viaPointer(
      Object target, String name, List<@Nullable Object> arguments, Context context) {
    return switch (target) {
      case Object type when name.equals("new") -> construct(type, arguments);
      case Type type when !builtins.hasStatic(type, name) && !arguments.isEmpty() ->
          method(arguments.getFirst(), name, arguments.subList(1, arguments.size()), context);
      case DeclaredClass type
          when type.methods(name).stream().noneMatch(each -> each.method().isStatic())
              && !arguments.isEmpty() ->
          method(arguments.getFirst(), name, arguments.subList(1, arguments.size()), context);
      default -> method(target, name, arguments, context);
    };
  }

  private @Nullable Object construct(Object type, List<@Nullable Object> arguments) {
    return switch (type) {
      case DeclaredClass declared ->
          run.instances().construction().construct(declared, arguments, null);
      case Type known -> run.expressions().construct(known, arguments);
      default -> throw missingMethod(type, "new", arguments);
    };
  }

  ScriptError missingMethod(Object target, String name, List<@Nullable Object> arguments) {
    Refusals.refuseMethod(name);
    String where = run.values().className(target);
    return ScriptError.of(
        Type.MISSING_METHOD,
        "No signature of method: %s%s.%s() is applicable for argument types: %s values: %s"
            .formatted(
                target instanceof DeclaredClass ? "static " : "",
                where,
                name,
                run.values().classNames(arguments),
                run.values().text(arguments)));
  }

  /** Whether a built-in value has a method. */
  boolean has(Object target, String name) {
    return builtins.has(target, name);
  }

  /** Whether a type has a static method. */
  boolean hasStatic(Type type, String name) {
    return builtins.hasStatic(type, name);
  }

  /** A method of lists, for what has items without being one. */
  @SuppressWarnings("unchecked") // every list of pipeline code holds any value
  @Nullable Object onList(List<?> items, Arguments arguments) {
    return builtins.call((List<@Nullable Object>) items, arguments);
  }

  @Nullable Object callClosure(
      ClosureValue closure, List<@Nullable Object> arguments, Context caller) {
    run.budget().operation(); // a body may be empty, and be called without end
    Expression.Closure code = closure.code();
    if (code == null) {
      return Objects.requireNonNull(closure.body()).call(arguments, caller);
    }
    Frame frame = closure.captured().call(closure, caller);
    List<Expression.Parameter> parameters = code.parameters();
    if (parameters == null) {
      if (arguments.size() > 1) {
        throw missingMethod(closure, "call", arguments);
      }
      frame.declare("it", arguments.isEmpty() ? null : arguments.getFirst());
    } else {
      overloads.bind(closure, parameters, arguments, frame);
    }
    return body(code.body(), frame);
  }

  /** Calls a method that was chosen. */
  @Nullable Object run(
      DeclaredClass.Found found, Object self, List<@Nullable Object> arguments, Context caller) {
    Object target = found.method().isStatic() ? found.home() : self;
    return run(found.method(), new Self(target, found.home()), arguments, caller);
  }

  @Nullable Object run(
      Script.Method method, Self self, List<@Nullable Object> arguments, Context caller) {
    Frame frame = Frame.outermost(caller, self);
    overloads.bind(method, arguments, frame);
    Object value = body(method.body(), frame);
    return method.returns() == Type.ANY ? value : run.members().coerce(value, method.returns());
  }

  @Nullable Object body(Statement.Block body, Frame frame) {
    BranchLine branch = frame.context().branch();
    branch.enterCall(run.budget().limits().callDepth());
    Context before = run.enter(frame.context());
    try {
      return switch (run.statements().executeIn(body, frame)) {
        case Completion.Normal normal -> normal.value();
        case Completion.Returned returned -> returned.value();
        case Completion.Jump _, Completion.Labeled _ -> null;
      };
    } finally {
      run.enter(before);
      branch.leaveCall();
    }
  }

  /** Whether {@code case label:} is taken for a value. */
  boolean isCase(@Nullable Object label, @Nullable Object value, Context context) {
    if (label instanceof ClosureValue closure) {
      List<@Nullable Object> arguments = new ArrayList<>();
      arguments.add(value);
      return run.values().isTrue(callClosure(closure, arguments, context));
    }
    return run.operators().isCase(label, value);
  }
}
