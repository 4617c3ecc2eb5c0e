package dev.deputy.iam;

import java.util.List;
import java.util.Locale;

/** One condition operator applied to one context key, with the values of the policy. */
final class Condition {

  /** How a condition treats the values of the request's key. */
  enum Quantifier {
    /** No set operator: the key has at most one value. */
    SINGLE(""),
    /** {@code ForAllValues:}. */
    FOR_ALL_VALUES("ForAllValues:"),
    /** {@code ForAnyValue:}. */
    FOR_ANY_VALUE("ForAnyValue:");

    private final String prefix;

    Quantifier(String prefix) {
      this.prefix = prefix;
    }

    String prefix() {
      return prefix;
    }
  }

  /** An operator with what may stand before and after its name. */
  record Operator(Quantifier quantifier, ConditionOperator operator, boolean ifExists) {
    @Override
    public String toString() {
      return quantifier.prefix() + operator.label() + (ifExists ? "IfExists" : "");
    }
  }

  private final Operator operator;
  private final String key;
  private final String lowerKey;
  private final boolean presence;
  private final List<ValueTest> values;

  Condition(Operator operator, String key, List<ValueTest> values) {
    this.operator = operator;
    this.key = key;
    this.lowerKey = key.toLowerCase(Locale.ROOT);
    this.presence = operator.operator().equals(ConditionOperator.NULL);
    this.values = List.copyOf(values);
  }

  /**
   * Whether the request meets the condition.
   *
   * <p>What AWS leaves undefined, a key with several values under an operator without set operator,
   * is decided against the request: the condition holds for a {@code Deny} and not for an {@code
   * Allow}.
   */
  boolean matches(Request request, Effect effect) {
    List<String> actual = request.values(lowerKey);
    if (presence) {
      return anyValue(Boolean.toString(actual.isEmpty()), request);
    }
    return switch (operator.quantifier()) {
      case SINGLE ->
          switch (actual.size()) {
            case 0 -> operator.ifExists() || operator.operator().negated();
            case 1 -> matchesValue(actual.getFirst(), request);
            default -> effect == Effect.DENY;
          };
      case FOR_ALL_VALUES -> isNullSet(actual) || allMatch(actual, request);
      case FOR_ANY_VALUE -> !isNullSet(actual) && anyMatches(actual, request);
    };
  }

  String explainUnmet(Request request) {
    return "condition %s %s is not met%s"
        .formatted(
            operator,
            key,
            request.values(lowerKey).isEmpty() ? " (the request has no such key)" : "");
  }

  private boolean allMatch(List<String> actual, Request request) {
    for (String value : actual) {
      if (!matchesValue(value, request)) {
        return false;
      }
    }
    return true;
  }

  private boolean anyMatches(List<String> actual, Request request) {
    for (String value : actual) {
      if (matchesValue(value, request)) {
        return true;
      }
    }
    return false;
  }

  private boolean matchesValue(String value, Request request) {
    return anyValue(value, request) != operator.operator().negated();
  }

  private boolean anyValue(String value, Request request) {
    for (ValueTest test : values) {
      if (test.matches(value, request)) {
        return true;
      }
    }
    return false;
  }

  /** AWS: no key, or "a null data set, such as an empty string". */
  private static boolean isNullSet(List<String> actual) {
    return actual.isEmpty() || (actual.size() == 1 && actual.getFirst().isEmpty());
  }
}
