package dev.deputy.pipeline;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A class of a file, as a tree.
 *
 * @param name the full name; that of a class inside another has a {@code $}
 * @param outer the full name of the class around it
 * @param isInner whether an object of it belongs to one of {@code outer}
 * @param fields in the file's order; the constants of an enum first
 * @param initializer instance initializer blocks
 * @param staticInitializer static blocks
 */
record ClassDeclaration(
    Position at,
    String name,
    Kind kind,
    @Nullable TypeRef parent,
    List<TypeRef> interfaces,
    @Nullable String outer,
    boolean isInner,
    List<Field> fields,
    List<Script.Method> constructors,
    Map<String, List<Script.Method>> methods,
    Statement.Block initializer,
    Statement.Block staticInitializer) {
  enum Kind {
    CLASS,
    ABSTRACT,
    INTERFACE,
    ENUM
  }

  /**
   * @param constant whether it is a constant of an enum; its value is the list of the constructor's
   *     arguments
   */
  record Field(
      Position at,
      TypeRef type,
      String name,
      @Nullable Expression value,
      boolean isStatic,
      boolean isFinal,
      boolean constant) {}

  /** The name as Groovy code writes it inside the package. */
  String simpleName() {
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }
}
