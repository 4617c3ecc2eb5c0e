package dev.deputy.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that can be called with {@code ()}. Compared by identity. */
final class ClosureValue {
  /** Where names that are no local variables are looked for. */
  enum Strategy {
    OWNER_FIRST,
    DELEGATE_FIRST,
    OWNER_ONLY,
    DELEGATE_ONLY,
    TO_SELF;

    private static final List<Strategy> IN_ORDER = List.of(values());

    /** The number that Groovy has for it. */
    int number() {
      return IN_ORDER.indexOf(this);
    }

    static Strategy numbered(int number) {
      return IN_ORDER.get(Math.floorMod(number, IN_ORDER.size()));
    }
  }

  /** What a closure that was not written out does: a method pointer, a composition. */
  @FunctionalInterface
  interface Body {
    @Nullable Object call(List<@Nullable Object> arguments, Context context);
  }

  private final Expression.@Nullable Closure code;
  private final Frame captured;
  private final @Nullable Body body;
  private final int arity;
  private Object delegate;
  private Strategy strategy = Strategy.OWNER_FIRST;

  /** A closure as it stands in a file. */
  ClosureValue(Expression.Closure code, Frame captured) {
    this.code = code;
    this.captured = captured;
    this.body = null;
    this.arity = code.parameters() == null ? 1 : code.parameters().size();
    this.delegate = owner();
  }

  /** One that was made of something else. */
  ClosureValue(Body body, int arity, Frame captured) {
    this.code = null;
    this.captured = captured;
    this.body = body;
    this.arity = arity;
    this.delegate = owner();
  }

  private ClosureValue(ClosureValue same, Object delegate) {
    this.code = same.code;
    this.captured = same.captured;
    this.body = same.body;
    this.arity = same.arity;
    this.strategy = same.strategy;
    this.delegate = delegate;
  }

  Expression.@Nullable Closure code() {
    return code;
  }

  @Nullable Body body() {
    return body;
  }

  Frame captured() {
    return captured;
  }

  /** How many arguments it takes at most; one if it has only the implicit {@code it}. */
  int arity() {
    return arity;
  }

  /** What it stands in: the closure around it, or the object, class or script. */
  Object owner() {
    return captured.closure() == null ? captured.self().value() : captured.closure();
  }

  Object delegate() {
    return delegate;
  }

  void delegate(Object value) {
    delegate = value;
  }

  Strategy strategy() {
    return strategy;
  }

  void strategy(Strategy value) {
    strategy = value;
  }

  /** The same closure with another delegate. */
  ClosureValue with(Object other) {
    return new ClosureValue(this, other);
  }
}
