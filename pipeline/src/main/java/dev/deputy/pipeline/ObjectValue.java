package dev.deputy.pipeline;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of a class that a file declares. Identity is the object's own. */
final class ObjectValue {
  private final DeclaredClass type;
  private final @Nullable ObjectValue outer;
  private final Map<String, @Nullable Object> fields = new HashMap<>();
  private @Nullable ErrorValue error;
  private @Nullable String constant;
  private int ordinal;

  /**
   * @param outer the object that an object of an inner class belongs to
   */
  ObjectValue(DeclaredClass type, @Nullable ObjectValue outer) {
    this.type = type;
    this.outer = outer;
  }

  DeclaredClass type() {
    return type;
  }

  @Nullable ObjectValue outer() {
    return outer;
  }

  /** By name; classes of one line of descent do not have fields of the same name here. */
  Map<String, @Nullable Object> fields() {
    return fields;
  }

  /** The name of an enum's constant; absent for other objects. */
  @Nullable String constant() {
    return constant;
  }

  int ordinal() {
    return ordinal;
  }

  void constant(String name, int place) {
    constant = name;
    ordinal = place;
  }

  /** What it is as an exception; absent for other classes. */
  @Nullable ErrorValue error() {
    return error;
  }

  void error(ErrorValue value) {
    error = value;
  }
}
