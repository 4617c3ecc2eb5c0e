package dev.deputy.iam;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition operator. A negated one holds exactly where its positive counterpart, with the same
 * compiler, does not.
 */
record ConditionOperator(String label, boolean negated, ValueCompiler compiler) {

  /** Compiles one value of the policy; refuses values that the operator cannot have. */
  @FunctionalInterface
  interface ValueCompiler {

    ValueTest compile(Json.Text value, boolean variables);
  }

  /** Asks whether the key is absent; it has neither set operators nor {@code IfExists}. */
  static final ConditionOperator NULL = new ConditionOperator("Null", false, Comparisons::bool);

  private static final Map<String, ConditionOperator> BY_LABEL = all();

  static @Nullable ConditionOperator find(String label) {
    return BY_LABEL.get(label);
  }

  ValueTest compile(Json.Text value, boolean variables) {
    return compiler.compile(value, variables);
  }

  private static Map<String, ConditionOperator> all() {
    Map<String, ConditionOperator> all = new HashMap<>();
    pair(all, "StringEquals", "StringNotEquals", Comparisons::stringEquals);
    pair(
        all,
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        Comparisons::stringEqualsIgnoreCase);
    pair(all, "StringLike", "StringNotLike", Comparisons::stringLike);
    pair(all, "NumericEquals", "NumericNotEquals", Comparisons.numeric(order -> order == 0));
    one(all, "NumericLessThan", Comparisons.numeric(order -> order < 0));
    one(all, "NumericLessThanEquals", Comparisons.numeric(order -> order <= 0));
    one(all, "NumericGreaterThan", Comparisons.numeric(order -> order > 0));
    one(all, "NumericGreaterThanEquals", Comparisons.numeric(order -> order >= 0));
    pair(all, "DateEquals", "DateNotEquals", Comparisons.date(order -> order == 0));
    one(all, "DateLessThan", Comparisons.date(order -> order < 0));
    one(all, "DateLessThanEquals", Comparisons.date(order -> order <= 0));
    one(all, "DateGreaterThan", Comparisons.date(order -> order > 0));
    one(all, "DateGreaterThanEquals", Comparisons.date(order -> order >= 0));
    one(all, "Bool", Comparisons::bool);
    one(all, "BinaryEquals", Comparisons::binary);
    pair(all, "IpAddress", "NotIpAddress", Comparisons::ipAddress);
    pair(all, "ArnEquals", "ArnNotEquals", Comparisons::arn);
    pair(all, "ArnLike", "ArnNotLike", Comparisons::arn);
    all.put(NULL.label(), NULL);
    return Map.copyOf(all);
  }

  private static void one(Map<String, ConditionOperator> all, String label, ValueCompiler values) {
    all.put(label, new ConditionOperator(label, false, values));
  }

  private static void pair(
      Map<String, ConditionOperator> all, String label, String negated, ValueCompiler values) {
    one(all, label, values);
    all.put(negated, new ConditionOperator(negated, true, values));
  }
}
