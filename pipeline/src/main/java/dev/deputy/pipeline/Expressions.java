package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions. */
final class Expressions {
  private final Interpreter run;
  private final Budget budget;
  private final Assignments assignments;

  Expressions(Interpreter run) {
    this.run = run;
    this.budget = run.budget();
    this.assignments = new Assignments(run);
  }

  @Nullable Object evaluate(Expression node, Frame frame) {
    BranchLine branch = frame.context().branch();
    branch.enter();
    try {
      budget.operation();
      return value(node, frame);
    } catch (ScriptError error) {
      error.locate(node.at());
      throw error;
    } catch (Unstoppable spent) {
      spent.locate(node.at());
      throw spent;
    } finally {
      branch.leave();
    }
  }

  boolean truth(Expression node, Frame frame) {
    return run.values().isTrue(evaluate(node, frame));
  }

  private @Nullable Object value(Expression node, Frame frame) {
    return switch (node) {
      case Expression.Constant e -> e.value();
      case Expression.Text e -> text(e, frame);
      case Expression.Refused e -> throw new RefusedUse(e.message());
      case Expression.Name e -> run.members().variable(e.name(), frame);
      case Expression.Call e -> run.invocations().call(e, frame);
      case Expression.Property e -> property(e, frame);
      case Expression.Index e -> index(e, frame);
      case Expression.ListLiteral e -> items(e.items(), frame);
      case Expression.MapLiteral e -> entries(e.entries(), frame);
      case Expression.Closure e -> new ClosureValue(e, frame);
      case Expression.Assign e -> assignments.assign(e, frame);
      case Expression.AssignEach e -> assignments.assignEach(e, frame);
      case Expression.Increment e -> assignments.increment(e, frame);
      case Expression.Binary e -> binary(e, frame);
      case Expression.And e -> truth(e.left(), frame) && truth(e.right(), frame);
      case Expression.Or e -> truth(e.left(), frame) || truth(e.right(), frame);
      case Expression.Not e -> !truth(e.operand(), frame);
      case Expression.Conditional e ->
          evaluate(truth(e.condition(), frame) ? e.yes() : e.no(), frame);
      case Expression.Elvis e -> elvis(e, frame);
      case Expression.Range e -> range(e, frame);
      case Expression.Negate e -> negated(evaluate(e.operand(), frame));
      case Expression.ToPattern e -> complement(evaluate(e.operand(), frame));
      case Expression.Cast e ->
          e.coerces()
              ? run.members().convert(evaluate(e.value(), frame), e.type())
              : run.members().coerce(evaluate(e.value(), frame), e.type());
      case Expression.InstanceOf e ->
          run.classes().isInstance(evaluate(e.value(), frame), e.type()) != e.negated();
      case Expression.Construct e -> construct(e, frame);
      case Expression.ClassOf e -> classOf(e, frame);
      case Expression.ComputedCall e -> {
        Expression.Call call = e.call();
        String name = run.values().text(evaluate(e.name(), frame));
        yield run.invocations()
            .call(
                new Expression.Call(
                    e.at(), call.target(), name, call.arguments(), call.named(), call.access()),
                frame);
      }
      case Expression.TypeName e ->
          e.type() instanceof TypeRef.Declared declared ? run.classes().of(declared) : e.type();
      case Expression.This _, Expression.Super _ -> frame.self().value();
      case Expression.ConstructorCall _ ->
          throw ScriptError.refused("this() and super() can only begin a constructor");
      case Expression.NewArray e -> array(e, frame);
      case Expression.MethodPointer e -> pointer(e, frame);
      case Expression.Spread _ -> throw ScriptError.refused("'*' can only stand in a list");
    };
  }

  private Object text(Expression.Text node, Frame frame) {
    if (node.parts().stream().anyMatch(Expression.Closure.class::isInstance)) {
      return new LazyText(items(node.parts(), frame), run);
    }
    StringBuilder builder = new StringBuilder();
    for (Expression part : node.parts()) {
      budget.append(builder, run.values().text(evaluate(part, frame)));
    }
    return builder.toString();
  }

  private @Nullable Object binary(Expression.Binary node, Frame frame) {
    Object left = LazyText.settled(evaluate(node.left(), frame));
    Object right = LazyText.settled(evaluate(node.right(), frame));
    if (left instanceof ClosureValue first && right instanceof ClosureValue second) {
      switch (node.operator()) {
        case SHIFT_RIGHT -> {
          return ClosureMethods.composed(first, second, run);
        }
        case SHIFT_LEFT -> {
          return ClosureMethods.composed(second, first, run);
        }
        default -> {}
      }
    }
    if (left instanceof KnownValue known
        && !node.operator().method().isEmpty()
        && run.invocations().has(known, node.operator().method())) {
      return run.invocations()
          .method(known, node.operator().method(), Instances.listOf(right), frame.context());
    }
    return run.operators().apply(node.operator(), left, right);
  }

  private @Nullable Object elvis(Expression.Elvis node, Frame frame) {
    Object value = evaluate(node.value(), frame);
    return run.values().isTrue(value) ? value : evaluate(node.otherwise(), frame);
  }

  private static Object negated(@Nullable Object value) {
    if (value instanceof Number number) {
      return Arithmetic.negate(number);
    }
    throw ScriptError.of(
        Type.MISSING_METHOD, "operator - is not defined for " + Values.typeName(value));
  }

  private Object complement(@Nullable Object value) {
    return value instanceof Number number
        ? Arithmetic.complement(number)
        : run.operators().pattern(value);
  }

  private Object range(Expression.Range node, Frame frame) {
    Object from = evaluate(node.from(), frame);
    Object to = evaluate(node.to(), frame);
    if (from instanceof Integer first && to instanceof Integer last) {
      return new RangeValue(first, last, node.excludesFrom(), node.excludesTo());
    }
    if (from instanceof String first
        && to instanceof String last
        && first.length() == 1
        && last.length() == 1) {
      return new RangeValue(
          RangeValue.Of.LETTERS,
          first.charAt(0),
          last.charAt(0),
          node.excludesFrom(),
          node.excludesTo());
    }
    if (from instanceof Number first && to instanceof Number last) {
      return numbers(first, last, node);
    }
    throw ScriptError.refused("a range goes from one whole number or letter to another");
  }

  /** A range of Longs, or the list that a range of other numbers stands for. */
  private Object numbers(Number from, Number to, Expression.Range node) {
    boolean small = from.longValue() == from.intValue() && to.longValue() == to.intValue();
    if (small && Arithmetic.isWhole(from) && Arithmetic.isWhole(to)) {
      return new RangeValue(
          RangeValue.Of.LONGS,
          from.intValue(),
          to.intValue(),
          node.excludesFrom(),
          node.excludesTo());
    }
    int direction = Arithmetic.compare(from, to) <= 0 ? 1 : -1;
    List<@Nullable Object> numbers = new ArrayList<>();
    Number next = node.excludesFrom() ? Arithmetic.add(from, direction) : from;
    while (Arithmetic.compare(next, to) * direction < (node.excludesTo() ? 0 : 1)) {
      budget.elements(numbers.size() + 1L, 1);
      numbers.add(next);
      next = Arithmetic.add(next, direction);
    }
    return numbers;
  }

  /** Values of list items or arguments; spread ones are spread. */
  List<@Nullable Object> items(List<Expression> nodes, Frame frame) {
    List<@Nullable Object> items = new ArrayList<>(nodes.size());
    for (Expression node : nodes) {
      if (node instanceof Expression.Spread spread) {
        Object value = evaluate(spread.value(), frame);
        if (!(value instanceof List<?> list)) {
          throw ScriptError.refused("'*' spreads lists only");
        }
        budget.elements((long) items.size() + list.size(), list.size());
        items.addAll(list);
      } else {
        items.add(evaluate(node, frame));
      }
    }
    budget.elements(items.size(), items.size());
    return items;
  }

  /** A map of entries; spread maps are spread. */
  Map<@Nullable Object, @Nullable Object> entries(List<Expression.Entry> nodes, Frame frame) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (Expression.Entry node : nodes) {
      Object value = evaluate(node.value(), frame);
      if (node.key() != null) {
        map.put(Values.key(evaluate(node.key(), frame)), value);
      } else if (value instanceof Map<?, ?> more) {
        map.putAll(more);
      } else {
        throw ScriptError.refused("'*:' spreads maps only");
      }
      budget.elements(map.size(), 2);
    }
    return map;
  }

  private @Nullable Object property(Expression.Property node, Frame frame) {
    if (node.target() instanceof Expression.This
        && node.name() instanceof Expression.Constant(Position _, String field)
        && frame.self().value() instanceof ObjectValue object
        && object.fields().containsKey(field)) {
      return object.fields().get(field);
    }
    Object target = evaluate(node.target(), frame);
    Context context = frame.context();
    String name = run.values().text(evaluate(node.name(), frame));
    return switch (node.access()) {
      case SAFE -> target == null ? null : run.members().get(target, name, context);
      case PLAIN -> run.members().get(target, name, context);
      case SPREAD -> target == null ? null : run.members().getEach(target, name, context);
    };
  }

  private @Nullable Object classOf(Expression.ClassOf node, Frame frame) {
    Object value = LazyText.settled(evaluate(node.value(), frame));
    return switch (node.access()) {
      case SAFE -> value == null ? null : classOf(node, value);
      case PLAIN -> classOf(node, value);
      case SPREAD -> value == null ? null : classesOf(node, value);
    };
  }

  private static @Nullable Object classOf(Expression.ClassOf node, @Nullable Object value) {
    return node.property() && value instanceof Map<?, ?> map
        ? map.get("class")
        : NamedClass.of(value);
  }

  private List<@Nullable Object> classesOf(Expression.ClassOf node, Object values) {
    List<@Nullable Object> classes = new ArrayList<>();
    for (Object value : run.members().spreadable(values)) {
      budget.elements(classes.size() + 1L, 1);
      classes.add(value == null ? null : classOf(node, value));
    }
    return classes;
  }

  private Object array(Expression.NewArray node, Frame frame) {
    if (node.sizes().isEmpty()) {
      return Objects.requireNonNull(
          run.members().coerce(items(node.items(), frame), new TypeRef.Array(node.type())));
    }
    return array(node, 0, frame);
  }

  private List<@Nullable Object> array(Expression.NewArray node, int dimension, Frame frame) {
    Object size = evaluate(node.sizes().get(dimension), frame);
    if (!(size instanceof Integer length) || length < 0) {
      throw ScriptError.refused("the size of an array is a whole number that is not negative");
    }
    budget.elements(length, length);
    List<@Nullable Object> array = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      array.add(
          dimension + 1 < node.sizes().size()
              ? array(node, dimension + 1, frame)
              : zero(node.type()));
    }
    return array;
  }

  private static @Nullable Object zero(TypeRef type) {
    return type == Type.INTEGER ? (Object) 0 : type == Type.BOOLEAN ? false : null;
  }

  /** {@code target.&name}; of a class the first argument may be what the method is called on. */
  private Object pointer(Expression.MethodPointer node, Frame frame) {
    Object target = evaluate(node.target(), frame);
    String name = run.values().text(evaluate(node.name(), frame));
    if (target == null) {
      throw ScriptError.of(Type.NULL_POINTER, "Cannot get a method of a null object");
    }
    return new ClosureValue(
        (arguments, context) -> run.invocations().viaPointer(target, name, arguments, context),
        1,
        frame);
  }

  private @Nullable Object index(Expression.Index node, Frame frame) {
    Object target = evaluate(node.target(), frame);
    if (target == null && node.safe()) {
      return null;
    }
    return run.members().element(target, evaluate(node.index(), frame), frame.context());
  }

  private @Nullable Object construct(Expression.Construct node, Frame frame) {
    List<@Nullable Object> arguments =
        run.invocations().arguments(node.arguments(), node.named(), frame);
    if (node.type() instanceof TypeRef.Declared declared) {
      DeclaredClass type = run.classes().of(declared);
      ObjectValue outer =
          type.declaration().isInner() && frame.self().value() instanceof ObjectValue object
              ? object
              : null;
      return run.instances().construction().construct(type, arguments, outer);
    }
    return construct((Type) node.type(), arguments);
  }

  @Nullable Object construct(Type type, List<@Nullable Object> arguments) {
    if (run.invocations().hasStatic(type, "new")) {
      return run.invocations().method(type, "new", arguments, run.current());
    }
    if (type == Type.FLOW_INTERRUPTED) {
      return ErrorValue.of(Causes.interruption(arguments, run.values()));
    }
    Object first = arguments.isEmpty() ? null : arguments.getFirst();
    if (type.isError()) {
      ErrorValue cause = arguments.isEmpty() ? null : ErrorValue.in(arguments.getLast());
      String message = first == null ? null : run.values().text(first);
      return new ErrorValue(type, message, cause, null);
    }
    return switch (type) {
      case LIST -> first instanceof List<?> list ? new ArrayList<>(list) : new ArrayList<>();
      case SET -> new SetValue(run.values(), first instanceof List<?> list ? list : List.of());
      case MAP -> first instanceof Map<?, ?> map ? new LinkedHashMap<>(map) : new LinkedHashMap<>();
      default -> run.members().convert(first == null ? "" : first, type);
    };
  }
}
