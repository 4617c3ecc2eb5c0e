package dev.deputy.pipeline;

import java.util.List;
import java.util.Map;

/**
 * A pipeline file as a tree.
 *
 * @param methods by name; those of one name differ in how many parameters they have
 */
record Script(Statement.Block body, Map<String, List<Method>> methods) {
  record Method(
      Position at, String name, List<Expression.Parameter> parameters, Statement.Block body) {}
}
