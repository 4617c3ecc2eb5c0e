package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ClosureListExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.AssertStatement;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.BreakStatement;
import org.codehaus.groovy.ast.stmt.CatchStatement;
import org.codehaus.groovy.ast.stmt.ContinueStatement;
import org.codehaus.groovy.ast.stmt.DoWhileStatement;
import org.codehaus.groovy.ast.stmt.EmptyStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.IfStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.SwitchStatement;
import org.codehaus.groovy.ast.stmt.ThrowStatement;
import org.codehaus.groovy.ast.stmt.TryCatchStatement;
import org.codehaus.groovy.ast.stmt.WhileStatement;
import org.jspecify.annotations.Nullable;

/** Groovy's statements into this package's own; refuses what has no counterpart. */
final class StatementTranslator {
  private final Translation file;
  private final ExpressionTranslator expressions;

  StatementTranslator(Translation file) {
    this.file = file;
    this.expressions = new ExpressionTranslator(file, this);
  }

  Statement.Block block(org.codehaus.groovy.ast.stmt.@Nullable Statement node) {
    if (node == null || node instanceof EmptyStatement) {
      return new Statement.Block(file.at(node == null ? EmptyStatement.INSTANCE : node), List.of());
    }
    List<Statement> statements = new ArrayList<>();
    if (node instanceof BlockStatement block) {
      file.enter(node);
      block.getStatements().forEach(each -> add(each, statements));
      file.leave();
    } else {
      add(node, statements);
    }
    return new Statement.Block(file.at(node), List.copyOf(statements));
  }

  private void add(org.codehaus.groovy.ast.stmt.Statement node, List<Statement> statements) {
    file.enter(node);
    List<String> labels = Objects.requireNonNullElse(node.getStatementLabels(), List.<String>of());
    if (!labels.isEmpty() && node instanceof ExpressionStatement) {
      refuse(node, "a label", "if a map was meant, write [key: value]; if a loop, return from it");
    }
    if (isManaged(node)) {
      refuse(node, "try with resources", "use try and finally");
    } else if (!(node instanceof EmptyStatement)) {
      Statement statement = statement(node);
      for (String label : labels) {
        statement = new Statement.Labeled(statement.at(), label, statement);
      }
      statements.add(statement);
    }
    file.leave();
  }

  /** The parser writes try with resources out, with variables of its own. */
  private static boolean isManaged(org.codehaus.groovy.ast.stmt.Statement node) {
    return node instanceof BlockStatement block
        && block.getStatements().stream()
            .anyMatch(each ->
                each instanceof ExpressionStatement statement
                    && statement.getExpression() instanceof DeclarationExpression declaration
                    && declaration.getLeftExpression() instanceof VariableExpression variable
                    && variable.getName().startsWith("__$$"));
  }

  private Statement statement(org.codehaus.groovy.ast.stmt.Statement node) {
    Position at = file.at(node);
    return switch (node) {
      case BlockStatement _ -> block(node);
      case ExpressionStatement s -> expression(at, s.getExpression());
      case ReturnStatement s ->
          new Statement.Return(
              at, s.isReturningNullOrVoid() ? null : expressions.translate(s.getExpression()));
      case IfStatement s ->
          new Statement.If(
              at,
              expressions.translate(s.getBooleanExpression()),
              block(s.getIfBlock()),
              block(s.getElseBlock()));
      case ForStatement s -> loop(at, s);
      case WhileStatement s ->
          new Statement.While(
              at, expressions.translate(s.getBooleanExpression()), block(s.getLoopBlock()), false);
      case DoWhileStatement s ->
          new Statement.While(
              at, expressions.translate(s.getBooleanExpression()), block(s.getLoopBlock()), true);
      case TryCatchStatement s -> attempt(at, s);
      case ThrowStatement s -> new Statement.Throw(at, expressions.translate(s.getExpression()));
      case SwitchStatement s -> choose(at, s);
      case AssertStatement s ->
          new Statement.Assert(
              at,
              condition(s),
              message(s),
              file.text(s.getBooleanExpression()),
              s.getBooleanExpression().getText());
      case BreakStatement s -> new Statement.Break(at, s.getLabel());
      case ContinueStatement s -> new Statement.Continue(at, s.getLabel());
      default -> {
        refuse(node, "this statement", "");
        yield new Statement.Block(at, List.of());
      }
    };
  }

  private Expression condition(AssertStatement node) {
    return expressions.translate(node.getBooleanExpression());
  }

  private @Nullable Expression message(AssertStatement node) {
    return node.getMessageExpression() instanceof ConstantExpression constant
            && constant.isNullExpression()
        ? null
        : expressions.translate(node.getMessageExpression());
  }

  private Statement expression(Position at, org.codehaus.groovy.ast.expr.Expression node) {
    return node instanceof DeclarationExpression declaration
        ? declare(at, declaration)
        : new Statement.Evaluate(at, expressions.translate(node));
  }

  private Statement declare(Position at, DeclarationExpression node) {
    boolean field = new Annotations(file).check(node.getAnnotations());
    List<Statement.Variable> variables = new ArrayList<>();
    if (node.getLeftExpression() instanceof TupleExpression several) {
      several.getExpressions().forEach(each -> variables.add(variable((VariableExpression) each)));
    } else {
      variables.add(variable(node.getVariableExpression()));
    }
    Expression value =
        node.getRightExpression() instanceof EmptyExpression
            ? null
            : expressions.translate(node.getRightExpression());
    return new Statement.Declare(at, List.copyOf(variables), value, field);
  }

  private Statement.Variable variable(VariableExpression node) {
    TypeRef type =
        node.isDynamicTyped() ? Type.ANY : file.type(node.getOriginType(), file.at(node));
    return new Statement.Variable(type, node.getName());
  }

  private Statement loop(Position at, ForStatement node) {
    if (node.getIndexVariable() != null) {
      refuse(node, "an index variable in a for loop", "use eachWithIndex");
    }
    if (node.getCollectionExpression() instanceof ClosureListExpression parts) {
      return counting(at, parts, node);
    }
    Parameter variable = node.getValueVariable();
    TypeRef type = variable.isDynamicTyped() ? Type.ANY : file.type(variable.getType(), at);
    return new Statement.ForEach(
        at,
        new Statement.Variable(type, variable.getName()),
        expressions.translate(node.getCollectionExpression()),
        block(node.getLoopBlock()));
  }

  private Statement counting(Position at, ClosureListExpression node, ForStatement loop) {
    var parts = node.getExpressions();
    List<Statement> start = new ArrayList<>();
    for (var each : flat(parts.getFirst())) {
      start.add(expression(file.at(each), each));
    }
    var condition = parts.get(1);
    return new Statement.For(
        at,
        List.copyOf(start),
        condition instanceof EmptyExpression ? null : expressions.translate(condition),
        expressions.translateAll(flat(parts.getLast())),
        block(loop.getLoopBlock()));
  }

  private static List<org.codehaus.groovy.ast.expr.Expression> flat(
      org.codehaus.groovy.ast.expr.Expression node) {
    return node instanceof ClosureListExpression several
        ? several.getExpressions()
        : node instanceof EmptyExpression ? List.of() : List.of(node);
  }

  private Statement attempt(Position at, TryCatchStatement node) {
    List<Statement.Catch> catches = node.getCatchStatements().stream().map(this::handler).toList();
    return new Statement.Try(
        at, block(node.getTryStatement()), catches, block(node.getFinallyStatement()));
  }

  private Statement.Catch handler(CatchStatement node) {
    Position at = file.at(node);
    TypeRef type =
        node.getVariable().isDynamicTyped()
            ? Type.EXCEPTION
            : file.type(node.getExceptionType(), at);
    return new Statement.Catch(at, type, node.getVariable().getName(), block(node.getCode()));
  }

  private Statement choose(Position at, SwitchStatement node) {
    List<Statement.Case> cases =
        node.getCaseStatements().stream()
            .map(each ->
                new Statement.Case(
                    expressions.translate(each.getExpression()), block(each.getCode())))
            .toList();
    return new Statement.Switch(
        at, expressions.translate(node.getExpression()), cases, block(node.getDefaultStatement()));
  }

  Expression.Closure closure(Position at, ClosureExpression node) {
    Parameter[] parameters = node.getParameters();
    List<Expression.Parameter> named =
        parameters == null ? List.of() : parameters.length == 0 ? null : parameters(parameters);
    return new Expression.Closure(at, named, block(node.getCode()));
  }

  Expression expression(org.codehaus.groovy.ast.expr.Expression node) {
    return expressions.translate(node);
  }

  List<Expression.Parameter> parameters(Parameter[] nodes) {
    return Arrays.stream(nodes)
        .map(node ->
            new Expression.Parameter(
                file.at(node),
                node.isDynamicTyped() ? Type.ANY : file.type(node.getType(), file.at(node)),
                node.getName(),
                node.hasInitialExpression()
                    ? expressions.translate(node.getInitialExpression())
                    : null))
        .toList();
  }

  private void refuse(org.codehaus.groovy.ast.ASTNode node, String what, String hint) {
    file.refuse(file.at(node), what + " is not supported", hint);
  }
}
