package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects of declared classes: fields, initialisers and constructors, as Groovy orders them.
 */
final class Construction {
  private final Interpreter run;

  Construction(Interpreter run) {
    this.run = run;
  }

  ObjectValue construct(
      DeclaredClass type, List<@Nullable Object> arguments, @Nullable ObjectValue outer) {
    ClassDeclaration.Kind kind = type.declaration().kind();
    if (kind == ClassDeclaration.Kind.ABSTRACT || kind == ClassDeclaration.Kind.INTERFACE) {
      throw ScriptError.refused(
          "java.lang.InstantiationException: " + type.name() + " is abstract; extend it");
    }
    run.budget().elements(1, 4);
    ObjectValue object = new ObjectValue(type, outer);
    if (type.exception() != null) {
      object.error(new ErrorValue(type.exception(), null, null, null, object));
    }
    construct(object, type, arguments);
    return object;
  }

  private void construct(
      ObjectValue object, DeclaredClass level, List<@Nullable Object> arguments) {
    List<Script.Method> constructors = level.declaration().constructors();
    if (constructors.isEmpty()) {
      byDefault(object, level, arguments);
      return;
    }
    Overloads overloads = run.invocations().overloads();
    Script.Method chosen = overloads.choose(constructors, each -> each, arguments).orElse(null);
    if (chosen != null) {
      execute(object, level, chosen, arguments);
      return;
    }
    Script.Method plain = overloads.choose(constructors, each -> each, List.of()).orElse(null);
    if (plain == null || !isProperties(arguments)) {
      throw noConstructor(level, arguments);
    }
    execute(object, level, plain, List.of());
    assign(object, (Map<?, ?>) arguments.getFirst());
  }

  private void byDefault(
      ObjectValue object, DeclaredClass level, List<@Nullable Object> arguments) {
    boolean properties = isProperties(arguments);
    boolean toException = level.parent() == null && level.exception() != null && !properties;
    if (!arguments.isEmpty() && !properties && !toException) {
      throw noConstructor(level, arguments);
    }
    constructParent(object, level, properties ? List.of() : arguments);
    initialize(object, level);
    if (properties) {
      assign(object, (Map<?, ?>) arguments.getFirst());
    }
  }

  private static boolean isProperties(List<@Nullable Object> arguments) {
    return arguments.size() == 1 && arguments.getFirst() instanceof Map<?, ?>;
  }

  private void assign(ObjectValue object, Map<?, ?> properties) {
    properties.forEach((name, value) ->
        run.instances().set(object, run.values().text(name), value, run.current()));
  }

  private ScriptError noConstructor(DeclaredClass type, List<@Nullable Object> arguments) {
    return ScriptError.of(
        Type.GROOVY_RUNTIME,
        "Could not find matching constructor for: "
            + type.name()
            + run.values().classNames(arguments));
  }

  private void execute(
      ObjectValue object,
      DeclaredClass level,
      Script.Method constructor,
      List<@Nullable Object> arguments) {
    Frame frame = Frame.outermost(run.current(), new Self(object, level));
    run.invocations().overloads().bind(constructor, arguments, frame);
    List<Statement> body = constructor.body().statements();
    if (!body.isEmpty()
        && body.getFirst()
            instanceof Statement.Evaluate(Position _, Expression.ConstructorCall first)) {
      List<@Nullable Object> given =
          run.invocations().arguments(first.arguments(), first.named(), frame);
      if (first.ofParent()) {
        constructParent(object, level, given);
        initialize(object, level);
      } else {
        construct(object, level, given);
      }
      body = body.subList(1, body.size());
    } else {
      constructParent(object, level, List.of());
      initialize(object, level);
    }
    run.invocations().body(new Statement.Block(constructor.at(), body), frame);
  }

  private void constructParent(
      ObjectValue object, DeclaredClass level, List<@Nullable Object> arguments) {
    if (level.parent() != null) {
      construct(object, level.parent(), arguments);
    } else if (level.exception() != null && !arguments.isEmpty()) {
      Object first = arguments.getFirst();
      ErrorValue cause = ErrorValue.in(arguments.getLast());
      String message =
          first == null || ErrorValue.in(first) != null ? null : run.values().text(first);
      object.error(new ErrorValue(level.exception(), message, cause, null, object));
    }
  }

  /** The fields that one class of the line declares, then its initialiser blocks. */
  private void initialize(ObjectValue object, DeclaredClass level) {
    Frame frame = Frame.outermost(run.current(), new Self(object, level));
    for (ClassDeclaration.Field field : level.declaration().fields()) {
      if (!field.isStatic()) {
        object.fields().put(field.name(), initial(field, frame));
      }
    }
    run.statements().executeIn(level.declaration().initializer(), frame.inner());
  }

  private @Nullable Object initial(ClassDeclaration.Field field, Frame frame) {
    if (field.value() == null) {
      return run.members().initial(field.type());
    }
    return run.members().coerce(run.expressions().evaluate(field.value(), frame), field.type());
  }

  /** Static fields, constants of an enum, static blocks. */
  void initialize(DeclaredClass type) {
    Frame frame = Frame.outermost(run.current(), new Self(type, type));
    boolean constants = type.declaration().kind() == ClassDeclaration.Kind.INTERFACE;
    List<ClassDeclaration.Field> fields = new ArrayList<>(type.declaration().fields());
    fields.removeIf(field -> !field.isStatic() && !constants);
    fields.forEach(field -> type.statics().put(field.name(), null));
    int ordinal = 0;
    for (ClassDeclaration.Field field : fields) {
      type.statics()
          .put(
              field.name(),
              field.constant() ? constant(type, field, ordinal++, frame) : initial(field, frame));
    }
    run.statements().executeIn(type.declaration().staticInitializer(), frame.inner());
  }

  private ObjectValue constant(
      DeclaredClass type, ClassDeclaration.Field field, int ordinal, Frame frame) {
    List<@Nullable Object> arguments =
        field.value() instanceof Expression.ListLiteral list
            ? run.expressions().items(list.items(), frame)
            : List.of();
    ObjectValue constant = new ObjectValue(type, null);
    constant.constant(field.name(), ordinal);
    construct(constant, type, arguments);
    return constant;
  }
}
