package dev.deputy.pipeline;

/** A closure: code and the variables around it. Compared by identity. */
final class ClosureValue {
  private final Expression.Closure code;
  private final Frame captured;

  ClosureValue(Expression.Closure code, Frame captured) {
    this.code = code;
    this.captured = captured;
  }

  Expression.Closure code() {
    return code;
  }

  Frame captured() {
    return captured;
  }

  /** How many arguments it takes at most; one if it has only the implicit {@code it}. */
  int arity() {
    return code.parameters() == null ? 1 : code.parameters().size();
  }
}
