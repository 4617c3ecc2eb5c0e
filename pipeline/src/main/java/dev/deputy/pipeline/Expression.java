package dev.deputy.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has a value. Immutable. */
sealed interface Expression extends Node {
  /** How a member is reached. */
  enum Access {
    PLAIN,
    /** {@code ?.} */
    SAFE,
    /** {@code *.} */
    SPREAD
  }

  /** Operators with two operands that both are always evaluated. */
  enum Operator {
    PLUS("+", "plus"),
    MINUS("-", "minus"),
    MULTIPLY("*", "multiply"),
    DIVIDE("/", "div"),
    REMAINDER("%", "mod"),
    POWER("**", "power"),
    SHIFT_LEFT("<<", "leftShift"),
    SHIFT_RIGHT(">>", "rightShift"),
    SHIFT_RIGHT_UNSIGNED(">>>", "rightShiftUnsigned"),
    AND("&", "and"),
    OR("|", "or"),
    XOR("^", "xor"),
    EQUAL("=="),
    NOT_EQUAL("!="),
    IDENTICAL("==="),
    NOT_IDENTICAL("!=="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    COMPARE("<=>"),
    IN("in"),
    NOT_IN("!in"),
    FIND("=~"),
    MATCH("==~");

    private final String symbol;

    private final String method;

    Operator(String symbol) {
      this(symbol, "");
    }

    Operator(String symbol, String method) {
      this.symbol = symbol;
      this.method = method;
    }

    /** The method that a class has to declare for it; empty where it is not so simple. */
    String method() {
      return method;
    }

    String symbol() {
      return symbol;
    }
  }

  /** A number, string, boolean or null. */
  record Constant(Position at, @Nullable Object value) implements Expression {}

  /** A string with embedded expressions; the texts between them are constants. */
  record Text(Position at, List<Expression> parts) implements Expression {}

  record ListLiteral(Position at, List<Expression> items) implements Expression {}

  record MapLiteral(Position at, List<Entry> entries) implements Expression {}

  /** One {@code key: value}; for {@code *: map} the key is absent. */
  record Entry(@Nullable Expression key, Expression value) {}

  /** {@code *list} among arguments or list items. */
  record Spread(Position at, Expression value) implements Expression {}

  record Range(
      Position at, Expression from, Expression to, boolean excludesFrom, boolean excludesTo)
      implements Expression {}

  record Name(Position at, String name) implements Expression {}

  record Property(Position at, Expression target, Expression name, Access access)
      implements Expression {}

  record Index(Position at, Expression target, Expression index, boolean safe)
      implements Expression {}

  /**
   * A call of a method, step, closure or function.
   *
   * @param target absent for {@code name(…)}
   * @param arguments the positional ones; a closure behind the call is the last
   * @param named {@code key: value} arguments
   */
  record Call(
      Position at,
      @Nullable Expression target,
      String name,
      List<Expression> arguments,
      List<Entry> named,
      Access access)
      implements Expression {}

  /** {@code target."${name}"(…)}; the call's own name means nothing. */
  record ComputedCall(Position at, Expression name, Call call) implements Expression {}

  /** {@code new T(…)}. */
  record Construct(Position at, TypeRef type, List<Expression> arguments, List<Entry> named)
      implements Expression {}

  /** {@code this(…)} or {@code super(…)} in a constructor. */
  record ConstructorCall(
      Position at, boolean ofParent, List<Expression> arguments, List<Entry> named)
      implements Expression {}

  /**
   * {@code value.class}, {@code value.getClass()}: a name, nothing more.
   *
   * @param property whether it is the former, which of a map is its entry
   */
  record ClassOf(Position at, Expression value, boolean property, Access access)
      implements Expression {}

  /** {@code this}: the object, class or script that the code belongs to. */
  record This(Position at) implements Expression {}

  /** {@code super}, in front of a method or property. */
  record Super(Position at) implements Expression {}

  /** {@code new T[3]}, or {@code new T[]{1, 2}}. */
  record NewArray(Position at, TypeRef type, List<Expression> sizes, List<Expression> items)
      implements Expression {}

  /** {@code target.&name}. */
  record MethodPointer(Position at, Expression target, Expression name) implements Expression {}

  /** {@code -x}. */
  record Negate(Position at, Expression operand) implements Expression {}

  /** {@code ~x}: a pattern, or all bits of a number the other way round. */
  record ToPattern(Position at, Expression operand) implements Expression {}

  record Not(Position at, Expression operand) implements Expression {}

  record Binary(Position at, Operator operator, Expression left, Expression right)
      implements Expression {}

  record And(Position at, Expression left, Expression right) implements Expression {}

  record Or(Position at, Expression left, Expression right) implements Expression {}

  record Conditional(Position at, Expression condition, Expression yes, Expression no)
      implements Expression {}

  record Elvis(Position at, Expression value, Expression otherwise) implements Expression {}

  /** {@code target = value}, or {@code target += value} and the like. */
  record Assign(Position at, Expression target, @Nullable Operator operator, Expression value)
      implements Expression {}

  /** {@code (a, b) = value}. */
  record AssignEach(Position at, List<Expression> targets, Expression value)
      implements Expression {}

  /** {@code x++} and the like. */
  record Increment(Position at, Expression target, boolean prefix, int by) implements Expression {}

  /**
   * @param coerces {@code value as type}, which converts more than {@code (type) value}
   */
  record Cast(Position at, TypeRef type, Expression value, boolean coerces) implements Expression {}

  record InstanceOf(Position at, Expression value, TypeRef type, boolean negated)
      implements Expression {}

  /**
   * @param parameters absent for a closure with the implicit {@code it}
   */
  record Closure(Position at, @Nullable List<Parameter> parameters, Statement.Block body)
      implements Expression {}

  /** Something that pipelines do not have; the run ends where it is evaluated. */
  record Refused(Position at, String message) implements Expression {}

  /** A type where a value may stand: {@code case String:}, {@code Math.max(…)}. */
  record TypeName(Position at, TypeRef type) implements Expression {}

  /** A parameter of a closure or method. */
  record Parameter(Position at, TypeRef type, String name, @Nullable Expression defaultValue) {}
}
