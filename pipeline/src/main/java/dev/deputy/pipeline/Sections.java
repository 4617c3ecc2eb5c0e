package dev.deputy.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads blocks of declarative pipelines: each line of them is a call of a known name. */
final class Sections {
  private final Findings findings;

  Sections(Findings findings) {
    this.findings = findings;
  }

  Findings findings() {
    return findings;
  }

  /** The block that has to follow a name; empty after reporting that there is none. */
  Optional<Statement.Block> block(Expression.Call section) {
    if (section.arguments().size() == 1
        && section.named().isEmpty()
        && section.arguments().getFirst() instanceof Expression.Closure closure) {
      return Optional.of(closure.body());
    }
    findings.error(
        section.at(),
        "'" + section.name() + "' needs a block",
        "write " + section.name() + " { … }");
    return Optional.empty();
  }

  /** A block that must have something in it. */
  Optional<Statement.Block> filledBlock(Expression.Call section) {
    Optional<Statement.Block> block = block(section);
    if (block.isPresent() && block.get().statements().isEmpty()) {
      findings.error(section.at(), "'" + section.name() + "' is empty", "fill it or remove it");
      return Optional.empty();
    }
    return block;
  }

  /** All calls in a block; anything else is reported. */
  List<Expression.Call> calls(Statement.Block block, String where) {
    List<Expression.Call> calls = new ArrayList<>();
    for (Statement statement : block.statements()) {
      List<Expression.Call> found = chain(statement);
      found.stream()
          .skip(1)
          .forEach(call ->
              findings.error(
                  call.at(),
                  "'" + call.name() + "' has to start on a line of its own",
                  "in Groovy it would otherwise belong to what stands before it"));
      calls.addAll(found);
      if (found.isEmpty()) {
        findings.error(
            statement.at(),
            "this cannot stand in '" + where + "'",
            "only declarative sections can; program code goes into script { … } inside steps");
      }
    }
    return calls;
  }

  /** {@code a { … } b { … }} on one line, which is a call of b on what a returns. */
  private static List<Expression.Call> chain(Statement statement) {
    Optional<Expression.Call> plain = call(statement);
    if (plain.isPresent()) {
      return List.of(plain.get());
    }
    ArrayDeque<Expression.Call> calls = new ArrayDeque<>();
    Expression next = statement instanceof Statement.Evaluate e ? e.expression() : null;
    while (next instanceof Expression.Call call) {
      calls.addFirst(call);
      next = call.target();
    }
    return next == null ? List.copyOf(calls) : List.of();
  }

  /** {@code name …} as a statement; a name alone is a call without arguments. */
  static Optional<Expression.Call> call(Statement statement) {
    if (!(statement instanceof Statement.Evaluate(Position _, Expression expression))) {
      return Optional.empty();
    }
    return switch (expression) {
      case Expression.Call call when call.target() == null -> Optional.of(call);
      case Expression.Name name ->
          Optional.of(
              new Expression.Call(
                  name.at(), null, name.name(), List.of(), List.of(), Expression.Access.PLAIN));
      default -> Optional.empty();
    };
  }

  /** Known sections of a block by name; unknown and repeated ones are reported. */
  Map<String, Expression.Call> known(
      Statement.Block block, String where, Set<String> names, Map<String, String> refused) {
    Map<String, Expression.Call> sections = new LinkedHashMap<>();
    for (Expression.Call call : calls(block, where)) {
      if (refused.containsKey(call.name())) {
        findings.error(
            call.at(),
            "'" + call.name() + "' is not supported yet",
            refused.getOrDefault(call.name(), ""));
      } else if (!names.contains(call.name())) {
        findings.error(
            call.at(), "'" + call.name() + "' is not known in '" + where + "'", hint(call, names));
      } else if (sections.putIfAbsent(call.name(), call) != null) {
        findings.error(
            call.at(),
            "'" + call.name() + "' stands in '" + where + "' a second time",
            "put both together");
      }
    }
    return sections;
  }

  private static String hint(Expression.Call call, Collection<String> names) {
    String near = Suggestion.hint(call.name(), names);
    return near.isEmpty() ? "there are " + String.join(", ", new TreeSet<>(names)) : near;
  }

  /** The value of an expression that has to be known before anything runs. */
  @Nullable Object literal(Expression expression, String what) {
    Object value = constant(expression);
    if (value == null) {
      findings.error(
          expression.at(), what + " has to be written out", "variables are not known here yet");
    }
    return value;
  }

  /** Whether it is written out. */
  static boolean isConstant(Expression expression) {
    return constant(expression) != null;
  }

  private static @Nullable Object constant(Expression expression) {
    return switch (expression) {
      case Expression.Constant constant -> constant.value();
      case Expression.ListLiteral list -> {
        List<Object> items = new ArrayList<>();
        for (Expression item : list.items()) {
          Object value = constant(item);
          if (value == null) {
            yield null;
          }
          items.add(value);
        }
        yield items;
      }
      case Expression.Binary(Position _, Expression.Operator operator, var left, var right)
          when operator == Expression.Operator.PLUS ->
          constant(left) instanceof String a && constant(right) instanceof String b ? a + b : null;
      default -> null;
    };
  }

  /** A lone argument of {@code name value}; empty after reporting anything else. */
  Optional<Expression> single(Expression.Call call, String expected) {
    if (call.arguments().size() == 1 && call.named().isEmpty()) {
      return Optional.of(call.arguments().getFirst());
    }
    findings.error(call.at(), "'" + call.name() + "' takes " + expected, "");
    return Optional.empty();
  }

  /** {@code failFast true} and the like. */
  boolean flag(Expression.@Nullable Call call) {
    if (call == null) {
      return false;
    }
    if (call.arguments().isEmpty() && call.named().isEmpty()) {
      return true;
    }
    Object value = single(call, "true or false").map(e -> literal(e, "the value")).orElse(false);
    if (!(value instanceof Boolean flag)) {
      findings.error(call.at(), "'" + call.name() + "' takes true or false", "");
      return false;
    }
    return flag;
  }

  /** Named arguments by name; those without a plain name are reported. */
  Map<String, Expression> named(Expression.Call call, Set<String> names) {
    Map<String, Expression> arguments = new LinkedHashMap<>();
    for (Expression.Entry entry : call.named()) {
      if (entry.key() instanceof Expression.Constant(Position at, Object key)) {
        String name = String.valueOf(key);
        if (!names.contains(name)) {
          findings.error(
              at,
              "'" + call.name() + "' has no argument '" + name + "'",
              Suggestion.hint(name, names));
        }
        arguments.put(name, entry.value());
      } else {
        findings.error(entry.value().at(), "'" + call.name() + "' takes its arguments by name", "");
      }
    }
    return arguments;
  }
}
