package dev.deputy.pipeline;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Values that are written out in a file. */
final class Literal {
  private Literal() {}

  /**
   * The string, number or boolean that an expression is, or the map, with those of its entries that
   * are written out; empty for everything that is only known when it runs, and for null.
   */
  static Optional<Object> of(Expression expression) {
    return switch (expression) {
      case Expression.Constant constant -> Optional.ofNullable(constant.value());
      case Expression.Negate(Position _, Expression operand) ->
          of(operand)
              .filter(Number.class::isInstance)
              .map(number -> new BigDecimal(number.toString()).negate());
      case Expression.MapLiteral map -> Optional.of(map(map));
      default -> Optional.empty();
    };
  }

  private static Map<String, Object> map(Expression.MapLiteral literal) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Expression.Entry entry : literal.entries()) {
      if (entry.key() instanceof Expression.Constant key) {
        of(entry.value()).ifPresent(value -> map.put(String.valueOf(key.value()), value));
      }
    }
    return map;
  }
}
