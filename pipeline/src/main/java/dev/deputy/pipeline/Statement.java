package dev.deputy.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is executed. Immutable. */
sealed interface Statement extends Node {
  record Evaluate(Position at, Expression expression) implements Statement {}

  /**
   * {@code def x = 1}, {@code def (a, b) = list}.
   *
   * @param field visible in methods too ({@code @Field})
   */
  record Declare(Position at, List<Variable> variables, @Nullable Expression value, boolean field)
      implements Statement {}

  record Variable(TypeRef type, String name) {}

  record Block(Position at, List<Statement> statements) implements Statement {}

  record If(Position at, Expression condition, Block then, Block otherwise) implements Statement {}

  /**
   * @param bodyFirst {@code do … while}
   */
  record While(Position at, Expression condition, Block body, boolean bodyFirst)
      implements Statement {}

  record ForEach(Position at, Variable variable, Expression items, Block body)
      implements Statement {}

  record For(
      Position at,
      List<Statement> start,
      @Nullable Expression condition,
      List<Expression> update,
      Block body)
      implements Statement {}

  record Return(Position at, @Nullable Expression value) implements Statement {}

  /** {@code label: statement}. */
  record Labeled(Position at, String label, Statement body) implements Statement {}

  record Break(Position at, @Nullable String label) implements Statement {}

  record Continue(Position at, @Nullable String label) implements Statement {}

  record Throw(Position at, Expression error) implements Statement {}

  record Try(Position at, Block body, List<Catch> catches, Block cleanUp) implements Statement {}

  record Catch(Position at, TypeRef type, String name, Block body) {}

  record Switch(Position at, Expression subject, List<Case> cases, Block otherwise)
      implements Statement {}

  record Case(Expression label, Block body) {}

  /**
   * @param text the condition as it stands in the file
   * @param plain the condition as Groovy writes it beside a message
   */
  record Assert(
      Position at, Expression condition, @Nullable Expression message, String text, String plain)
      implements Statement {}
}
