package dev.deputy.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Goes through trees. */
final class Tree {
  private Tree() {}

  /** A node and everything in it, parents before children. */
  static List<Node> all(Node root) {
    List<Node> all = new ArrayList<>();
    Deque<Node> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      Node node = open.pop();
      all.add(node);
      children(node).reversed().forEach(open::push);
    }
    return all;
  }

  /** What stands directly in a node, in the file's order. */
  static List<Node> children(Node node) {
    return switch (node) {
      case Expression expression -> of(expression);
      case Statement statement -> of(statement);
    };
  }

  private static List<Node> of(Expression node) {
    return switch (node) {
      case Expression.Constant _,
          Expression.Refused _,
          Expression.Name _,
          Expression.TypeName _,
          Expression.This _,
          Expression.Super _ ->
          List.of();
      case Expression.Text e -> List.copyOf(e.parts());
      case Expression.ListLiteral e -> List.copyOf(e.items());
      case Expression.MapLiteral e -> entries(e.entries());
      case Expression.Spread e -> List.of(e.value());
      case Expression.Range e -> List.of(e.from(), e.to());
      case Expression.Property e -> List.of(e.target(), e.name());
      case Expression.Index e -> List.of(e.target(), e.index());
      case Expression.Call e ->
          join(List.of(present(e.target()), entries(e.named()), e.arguments()));
      case Expression.ClassOf e -> List.of(e.value());
      case Expression.ComputedCall e -> join(List.of(List.of(e.name()), children(e.call())));
      case Expression.Construct e -> join(List.of(entries(e.named()), e.arguments()));
      case Expression.ConstructorCall e -> join(List.of(entries(e.named()), e.arguments()));
      case Expression.NewArray e -> join(List.of(e.sizes(), e.items()));
      case Expression.MethodPointer e -> List.of(e.target(), e.name());
      case Expression.Negate e -> List.of(e.operand());
      case Expression.ToPattern e -> List.of(e.operand());
      case Expression.Not e -> List.of(e.operand());
      case Expression.Binary e -> List.of(e.left(), e.right());
      case Expression.And e -> List.of(e.left(), e.right());
      case Expression.Or e -> List.of(e.left(), e.right());
      case Expression.Conditional e -> List.of(e.condition(), e.yes(), e.no());
      case Expression.Elvis e -> List.of(e.value(), e.otherwise());
      case Expression.Assign e -> List.of(e.target(), e.value());
      case Expression.AssignEach e -> join(List.of(e.targets(), List.of(e.value())));
      case Expression.Increment e -> List.of(e.target());
      case Expression.Cast e -> List.of(e.value());
      case Expression.InstanceOf e -> List.of(e.value());
      case Expression.Closure e -> join(List.of(defaults(e.parameters()), List.of(e.body())));
    };
  }

  private static List<Node> of(Statement node) {
    return switch (node) {
      case Statement.Break _, Statement.Continue _ -> List.of();
      case Statement.Labeled s -> List.of(s.body());
      case Statement.Evaluate s -> List.of(s.expression());
      case Statement.Declare s -> present(s.value());
      case Statement.Block s -> List.copyOf(s.statements());
      case Statement.If s -> List.of(s.condition(), s.then(), s.otherwise());
      case Statement.While s -> List.of(s.condition(), s.body());
      case Statement.ForEach s -> List.of(s.items(), s.body());
      case Statement.For s ->
          join(List.of(s.start(), present(s.condition()), s.update(), List.of(s.body())));
      case Statement.Return s -> present(s.value());
      case Statement.Throw s -> List.of(s.error());
      case Statement.Try s ->
          join(
              List.of(
                  List.of(s.body()),
                  s.catches().stream().map(Statement.Catch::body).toList(),
                  List.of(s.cleanUp())));
      case Statement.Switch s ->
          join(
              List.of(
                  List.of(s.subject()),
                  s.cases().stream().flatMap(c -> Stream.of(c.label(), c.body())).toList(),
                  List.of(s.otherwise())));
      case Statement.Assert s -> join(List.of(List.of(s.condition()), present(s.message())));
    };
  }

  private static List<Node> entries(List<Expression.Entry> entries) {
    List<Node> nodes = new ArrayList<>();
    for (Expression.Entry entry : entries) {
      nodes.addAll(present(entry.key()));
      nodes.add(entry.value());
    }
    return nodes;
  }

  /** Default values of parameters. */
  static List<Node> defaults(@Nullable List<Expression.Parameter> parameters) {
    List<Node> nodes = new ArrayList<>();
    if (parameters != null) {
      parameters.forEach(parameter -> nodes.addAll(present(parameter.defaultValue())));
    }
    return nodes;
  }

  private static List<Node> present(@Nullable Node node) {
    return node == null ? List.of() : List.of(node);
  }

  private static List<Node> join(List<List<? extends Node>> parts) {
    return parts.stream().<Node>flatMap(List::stream).toList();
  }
}
