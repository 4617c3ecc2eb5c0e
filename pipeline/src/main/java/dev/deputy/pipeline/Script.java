package dev.deputy.pipeline;

import java.util.List;
import java.util.Map;

/**
 * A pipeline file as a tree.
 *
 * @param methods by name; those of one name differ in their parameters
 * @param classes by full name
 * @param libraries what {@code @Library} names
 * @param open whether code may join the run that the file does not show
 * @param source the file's text
 */
record Script(
    Statement.Block body,
    Map<String, List<Method>> methods,
    Map<String, ClassDeclaration> classes,
    List<String> libraries,
    boolean open,
    Source source) {
  /** The same with another body. */
  Script with(Statement.Block other) {
    return new Script(other, methods, classes, libraries, open, source);
  }

  /**
   * @param returns what the value becomes
   * @param isAbstract whether it only promises the method
   */
  record Method(
      Position at,
      String name,
      List<Expression.Parameter> parameters,
      TypeRef returns,
      boolean isStatic,
      boolean isAbstract,
      Statement.Block body) {
    /** Whether one more argument than parameters may be given. */
    boolean takesMore() {
      return !parameters.isEmpty() && parameters.getLast().type() instanceof TypeRef.Array;
    }
  }
}
