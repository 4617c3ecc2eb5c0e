package dev.deputy.pipeline;

import dev.deputy.pipeline.Expression.Access;
import dev.deputy.pipeline.Expression.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.codehaus.groovy.ast.expr.ArrayExpression;
import org.codehaus.groovy.ast.expr.AttributeExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.BitwiseNegationExpression;
import org.codehaus.groovy.ast.expr.BooleanExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.ElvisOperatorExpression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.NotExpression;
import org.codehaus.groovy.ast.expr.PostfixExpression;
import org.codehaus.groovy.ast.expr.PrefixExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.expr.SpreadExpression;
import org.codehaus.groovy.ast.expr.SwitchExpression;
import org.codehaus.groovy.ast.expr.TernaryExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.UnaryMinusExpression;
import org.codehaus.groovy.ast.expr.UnaryPlusExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.jspecify.annotations.Nullable;

/** Groovy's expressions into this package's own; refuses what has no counterpart. */
final class ExpressionTranslator {
  private static final Map<String, Operator> OPERATORS = operators();

  private final Translation file;
  private final StatementTranslator statements;
  private final CallTranslator calls;

  ExpressionTranslator(Translation file, StatementTranslator statements) {
    this.file = file;
    this.statements = statements;
    this.calls = new CallTranslator(file, this);
  }

  private static Map<String, Operator> operators() {
    Map<String, Operator> bySymbol = new HashMap<>();
    for (Operator operator : Operator.values()) {
      bySymbol.put(operator.symbol(), operator);
    }
    return Map.copyOf(bySymbol);
  }

  Expression translate(org.codehaus.groovy.ast.expr.Expression node) {
    file.enter(node);
    try {
      return plain(node);
    } finally {
      file.leave();
    }
  }

  List<Expression> translateAll(List<? extends org.codehaus.groovy.ast.expr.Expression> nodes) {
    return nodes.stream().map(this::translate).toList();
  }

  private Expression plain(org.codehaus.groovy.ast.expr.Expression node) {
    Position at = file.at(node);
    return switch (node) {
      case ConstantExpression e -> new Expression.Constant(at, e.getValue());
      case GStringExpression e -> text(at, e);
      case VariableExpression e -> name(at, e.getName());
      case MethodCallExpression e -> calls.call(e);
      case ConstructorCallExpression e -> calls.construct(e);
      case AttributeExpression _ ->
          file.unavailable(at, "direct field access '.@' is not supported", "use a plain '.'");
      case PropertyExpression e -> calls.property(e);
      case BinaryExpression e -> binary(at, e);
      case ElvisOperatorExpression e ->
          new Expression.Elvis(
              at, translate(e.getTrueExpression()), translate(e.getFalseExpression()));
      case TernaryExpression e ->
          new Expression.Conditional(
              at,
              translate(e.getBooleanExpression()),
              translate(e.getTrueExpression()),
              translate(e.getFalseExpression()));
      case NotExpression e -> new Expression.Not(at, translate(e.getExpression()));
      case BooleanExpression e -> translate(e.getExpression());
      case ListExpression e -> new Expression.ListLiteral(at, translateAll(e.getExpressions()));
      case MapExpression e -> new Expression.MapLiteral(at, calls.entries(e));
      case ClosureExpression e -> statements.closure(at, e);
      case RangeExpression e ->
          new Expression.Range(
              at,
              translate(e.getFrom()),
              translate(e.getTo()),
              e.isExclusiveLeft(),
              e.isExclusiveRight());
      case SpreadExpression e -> new Expression.Spread(at, translate(e.getExpression()));
      case CastExpression e ->
          new Expression.Cast(
              at, file.type(e.getType(), at), translate(e.getExpression()), e.isCoerce());
      case PostfixExpression e ->
          increment(at, e.getExpression(), false, e.getOperation().getText());
      case PrefixExpression e -> increment(at, e.getExpression(), true, e.getOperation().getText());
      default -> rare(at, node);
    };
  }

  private Expression rare(Position at, org.codehaus.groovy.ast.expr.Expression node) {
    return switch (node) {
      case UnaryMinusExpression e -> new Expression.Negate(at, translate(e.getExpression()));
      case UnaryPlusExpression e -> translate(e.getExpression());
      case BitwiseNegationExpression e ->
          new Expression.ToPattern(at, translate(e.getExpression()));
      case ClassExpression e -> named(at, file.type(e.getType(), at));
      case MethodPointerExpression e -> calls.pointer(e);
      case ArrayExpression e ->
          new Expression.NewArray(
              at,
              file.type(e.getElementType(), at),
              translateAll(Objects.requireNonNullElse(e.getSizeExpression(), List.of())),
              translateAll(e.getExpressions()));
      case SwitchExpression _ -> refused(at, "switch as a value", "use a switch statement");
      default -> refused(at, "this expression", "");
    };
  }

  /** Records that something is not supported; what it returns is never evaluated. */
  Expression refused(Position at, String what, String hint) {
    file.refuse(at, what + " is not supported", hint);
    return new Expression.Constant(at, null);
  }

  private Expression text(Position at, GStringExpression node) {
    List<Expression> parts = new ArrayList<>();
    for (int i = 0; i < node.getStrings().size(); i++) {
      parts.add(translate(node.getStrings().get(i)));
      if (i < node.getValues().size()) {
        parts.add(embedded(node.getValue(i)));
      }
    }
    return new Expression.Text(at, List.copyOf(parts));
  }

  private Expression embedded(org.codehaus.groovy.ast.expr.Expression node) {
    return translate(node);
  }

  private Expression name(Position at, String name) {
    if (name.equals("this")) {
      return new Expression.This(at);
    }
    if (name.equals("super")) {
      return new Expression.Super(at);
    }
    Optional<Expression.Property> imported = file.staticImport(name);
    if (imported.isPresent()) {
      return imported.get();
    }
    Optional<TypeRef> type =
        Character.isUpperCase(name.charAt(0)) ? file.types().find(name) : Optional.empty();
    if (type.isPresent() && !isMaybeVariable(type.get())) {
      return new Expression.TypeName(at, type.get());
    }
    String instead = file.instead(name).orElse(null);
    if (instead != null) {
      return file.unavailable(at, "class '" + name + "' is not available to pipelines", instead);
    }
    return new Expression.Name(at, name);
  }

  private static Expression named(Position at, TypeRef type) {
    return type instanceof TypeRef.Unavailable missing
        ? new Expression.Refused(at, missing.refusal())
        : new Expression.TypeName(at, type);
  }

  /** A name that nothing in the file says to be a class may as well be a variable. */
  private static boolean isMaybeVariable(TypeRef type) {
    return type instanceof TypeRef.Declared declared && declared.candidates().size() > 1;
  }

  private Expression binary(Position at, BinaryExpression node) {
    String symbol = node.getOperation().getText();
    Position operator =
        new Position(
            at.file(), node.getOperation().getStartLine(), node.getOperation().getStartColumn());
    var left = node.getLeftExpression();
    var right = node.getRightExpression();
    return switch (symbol) {
      case "=" -> assign(at, left, null, translate(right));
      case "?=" ->
          assign(at, left, null, new Expression.Elvis(at, translate(left), translate(right)));
      case "&&" -> new Expression.And(at, translate(left), translate(right));
      case "||" -> new Expression.Or(at, translate(left), translate(right));
      case "[" -> new Expression.Index(at, translate(left), translate(right), node.isSafe());
      case "instanceof" -> instanceOf(at, left, right, false);
      case "!instanceof" -> instanceOf(at, left, right, true);
      default -> arithmetic(at, operator, symbol, left, right);
    };
  }

  private Expression arithmetic(
      Position at,
      Position operatorAt,
      String symbol,
      org.codehaus.groovy.ast.expr.Expression left,
      org.codehaus.groovy.ast.expr.Expression right) {
    Operator operator = OPERATORS.get(symbol);
    if (operator != null) {
      return new Expression.Binary(operatorAt, operator, translate(left), translate(right));
    }
    Operator compound =
        symbol.endsWith("=") && !symbol.endsWith("==")
            ? OPERATORS.get(symbol.substring(0, symbol.length() - 1))
            : null;
    if (compound != null) {
      return assign(at, left, compound, translate(right));
    }
    return refused(operatorAt, "operator '" + symbol + "'", "");
  }

  private Expression instanceOf(
      Position at,
      org.codehaus.groovy.ast.expr.Expression value,
      org.codehaus.groovy.ast.expr.Expression type,
      boolean negated) {
    return new Expression.InstanceOf(
        at, translate(value), file.type(type.getType(), file.at(type)), negated);
  }

  private Expression assign(
      Position at,
      org.codehaus.groovy.ast.expr.Expression left,
      @Nullable Operator operator,
      Expression value) {
    if (left instanceof TupleExpression several && operator == null) {
      return new Expression.AssignEach(at, translateAll(several.getExpressions()), value);
    }
    Expression target = translate(left);
    if (!isAssignable(target)) {
      return refused(at, "an assignment to this", "assign to a variable, a property or an element");
    }
    return new Expression.Assign(at, target, operator, value);
  }

  private Expression increment(
      Position at, org.codehaus.groovy.ast.expr.Expression node, boolean prefix, String symbol) {
    Expression target = translate(node);
    if (!isAssignable(target)) {
      return refused(at, "'" + symbol + "' on this", "use a variable");
    }
    return new Expression.Increment(at, target, prefix, symbol.equals("++") ? 1 : -1);
  }

  private static boolean isAssignable(Expression target) {
    return target instanceof Expression.Name
        || target instanceof Expression.Index
        || (target instanceof Expression.Property property && property.access() == Access.PLAIN);
  }
}
