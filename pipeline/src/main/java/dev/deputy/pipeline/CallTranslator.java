package dev.deputy.pipeline;

import dev.deputy.pipeline.Expression.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.NamedArgumentListExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.SpreadMapExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.jspecify.annotations.Nullable;

/** Calls, constructions, properties: everywhere that pipeline code could reach for a class. */
final class CallTranslator {
  /** How many parts the full name of a class has at most. */
  private static final int LONGEST_NAME = 12;

  private final Translation file;
  private final ExpressionTranslator expressions;

  CallTranslator(Translation file, ExpressionTranslator expressions) {
    this.file = file;
    this.expressions = expressions;
  }

  Expression call(MethodCallExpression node) {
    Position at = at(node);
    if (!(node.getMethod() instanceof ConstantExpression method
        && method.getValue() instanceof String name)) {
      return computed(node, at);
    }
    if (name.equals("getClass") && !node.isImplicitThis()) {
      return new Expression.ClassOf(
          at,
          target(node.getObjectExpression()),
          false,
          access(node.isSafe(), node.isSpreadSafe()));
    }
    List<Expression.Entry> named = new ArrayList<>();
    List<Expression> positional = new ArrayList<>();
    arguments(node.getArguments(), named, positional);
    if (!isOwn(node)) {
      warnOf(name, at);
    }
    Optional<Expression.Property> imported =
        node.isImplicitThis() ? file.staticImport(name) : Optional.empty();
    if (imported.isPresent()) {
      if (isBeyondTime(imported.get().target(), name)) {
        return refusedOfSystem(at, name);
      }
      return new Expression.Call(
          at,
          imported.get().target(),
          String.valueOf(((Expression.Constant) imported.get().name()).value()),
          List.copyOf(positional),
          List.copyOf(named),
          Access.PLAIN);
    }
    Expression target = node.isImplicitThis() ? null : target(node.getObjectExpression());
    if (isBeyondTime(target, name)) {
      return refusedOfSystem(at, name);
    }
    return new Expression.Call(
        at,
        target,
        name,
        List.copyOf(positional),
        List.copyOf(named),
        access(node.isSafe(), node.isSpreadSafe()));
  }

  /** {@code x()} and {@code this.x()}. */
  private static boolean isOwn(MethodCallExpression node) {
    return node.isImplicitThis()
        || (node.getObjectExpression() instanceof VariableExpression target
            && target.getName().equals("this"));
  }

  private Position at(MethodCallExpression node) {
    return node.getMethod().getLineNumber() > 0 ? file.at(node.getMethod()) : file.at(node);
  }

  private Expression target(org.codehaus.groovy.ast.expr.Expression node) {
    return qualifiedClass(node).orElseGet(() -> expressions.translate(node));
  }

  private void arguments(
      org.codehaus.groovy.ast.expr.Expression node,
      List<Expression.Entry> named,
      List<Expression> positional) {
    if (!(node instanceof TupleExpression tuple)) {
      positional.add(expressions.translate(node));
      return;
    }
    boolean first = true;
    for (var argument : tuple.getExpressions()) {
      if (argument instanceof MapExpression map && first && isNamed(map)) {
        named.addAll(entries(map));
      } else {
        positional.add(expressions.translate(argument));
      }
      first = false;
    }
  }

  private boolean isNamed(MapExpression map) {
    return map instanceof NamedArgumentListExpression || file.characterAt(file.at(map)) != '[';
  }

  List<Expression.Entry> entries(MapExpression map) {
    return map.getMapEntryExpressions().stream()
        .map(entry ->
            new Expression.Entry(
                entry.getKeyExpression() instanceof SpreadMapExpression
                    ? null
                    : expressions.translate(entry.getKeyExpression()),
                expressions.translate(entry.getValueExpression())))
        .toList();
  }

  Expression construct(ConstructorCallExpression node) {
    Position at = file.at(node);
    String name = node.getType().getName();
    if (node.isUsingAnonymousInnerClass()) {
      return file.unavailable(at, "an anonymous class is not supported", "use a closure");
    }
    if (node.isSpecialCall()) {
      List<Expression.Entry> named = new ArrayList<>();
      List<Expression> positional = new ArrayList<>();
      arguments(node.getArguments(), named, positional);
      return new Expression.ConstructorCall(
          at, node.isSuperCall(), List.copyOf(positional), List.copyOf(named));
    }
    TypeRef type = file.types().find(name).filter(CallTranslator::isConstructible).orElse(null);
    if (type == null) {
      return file.unavailable(
          at,
          "'new " + name + "' is not supported",
          Refusals.ofClass(name).orElse("use strings, numbers, lists, maps and exceptions"));
    }
    List<Expression.Entry> named = new ArrayList<>();
    List<Expression> positional = new ArrayList<>();
    arguments(node.getArguments(), named, positional);
    return new Expression.Construct(at, type, List.copyOf(positional), List.copyOf(named));
  }

  /** Of two refusals the one that a run reaches first. */
  private static Expression first(Expression target, Expression refusal) {
    return target instanceof Expression.Refused ? target : refusal;
  }

  /** Of {@code System} there is the time, and nothing else. */
  private static boolean isBeyondTime(@Nullable Expression target, String name) {
    return target instanceof Expression.TypeName(Position _, TypeRef type)
        && type == Type.SYSTEM
        && !Refusals.OF_SYSTEM.contains(name);
  }

  private Expression refusedOfSystem(Position at, String name) {
    return file.unavailable(
        at,
        "'System." + name + "' is not available to pipelines",
        "use env for the environment, and sh on an agent for its machine");
  }

  /** A method of this name is refused where the run finds that nothing of the file has it. */
  private void warnOf(String method, Position at) {
    if (!file.declaresMethod(method)) {
      Refusals.ofMethod(method)
          .ifPresent(instead -> file.warn(at, Refusals.method(method), instead));
    }
  }

  private Expression computed(MethodCallExpression node, Position at) {
    List<Expression.Entry> named = new ArrayList<>();
    List<Expression> positional = new ArrayList<>();
    arguments(node.getArguments(), named, positional);
    return new Expression.ComputedCall(
        at,
        expressions.translate(node.getMethod()),
        new Expression.Call(
            at,
            node.isImplicitThis() ? null : target(node.getObjectExpression()),
            "",
            List.copyOf(positional),
            List.copyOf(named),
            access(node.isSafe(), node.isSpreadSafe())));
  }

  /** {@code target.&name} and {@code target::name}. */
  Expression pointer(MethodPointerExpression node) {
    Position at = file.at(node);
    if (node.getMethodName() instanceof ConstantExpression constant) {
      warnOf(String.valueOf(constant.getValue()), at);
    }
    return new Expression.MethodPointer(
        at, target(node.getExpression()), expressions.translate(node.getMethodName()));
  }

  private static boolean isConstructible(TypeRef ref) {
    if (!(ref instanceof Type type)) {
      return true;
    }
    return type.isError()
        || switch (type) {
          case TEXT, LIST, SET, MAP, INTEGER, LONG, BIG, DECIMAL, DOUBLE, FLOAT -> true;
          case DATE, DATE_FORMAT, TEXT_BUILDER, RANDOM, JSON_SLURPER, JSON_BUILDER -> true;
          case USER_INTERRUPTION -> true;
          default -> false;
        };
  }

  Expression property(PropertyExpression node) {
    Optional<Expression> type = qualifiedClass(node);
    if (type.isPresent()) {
      return type.get();
    }
    Position at = file.at(node.getProperty());
    String name = node.getPropertyAsString();
    if ("class".equals(name)) {
      return new Expression.ClassOf(
          at, target(node.getObjectExpression()), true, access(node.isSafe(), node.isSpreadSafe()));
    }
    Optional<String> instead = Optional.ofNullable(name).flatMap(Refusals::ofProperty);
    Expression target = target(node.getObjectExpression());
    if (instead.isPresent()) {
      return first(target, file.unavailable(at, Refusals.property(name), instead.get()));
    }
    if (name != null && isBeyondTime(target, name)) {
      return refusedOfSystem(at, name);
    }
    return new Expression.Property(
        at,
        target,
        expressions.translate(node.getProperty()),
        access(node.isSafe(), node.isSpreadSafe()));
  }

  /** {@code hudson.AbortException}: a type; any other class by its full name is refused. */
  private Optional<Expression> qualifiedClass(org.codehaus.groovy.ast.expr.Expression node) {
    String dotted = dotted(node, LONGEST_NAME);
    if (dotted == null || !Refusals.isQualifiedClass(dotted)) {
      return Optional.empty();
    }
    Position at = file.at(node);
    return file.types()
        .find(dotted)
        .<Expression>map(type -> new Expression.TypeName(at, type))
        .or(() ->
            Optional.of(
                file.unavailable(
                    at,
                    "class '" + dotted + "' is not supported",
                    Refusals.ofClass(dotted)
                        .orElse("pipelines have no access to classes of the controller"))));
  }

  private static @Nullable String dotted(org.codehaus.groovy.ast.expr.Expression node, int parts) {
    if (node instanceof VariableExpression name) {
      return name.getName();
    }
    if (parts > 0
        && node instanceof PropertyExpression property
        && property.getProperty() instanceof ConstantExpression) {
      String before = dotted(property.getObjectExpression(), parts - 1);
      return before == null ? null : before + "." + property.getPropertyAsString();
    }
    return null;
  }

  private static Access access(boolean safe, boolean spread) {
    return spread ? Access.SPREAD : safe ? Access.SAFE : Access.PLAIN;
  }
}
