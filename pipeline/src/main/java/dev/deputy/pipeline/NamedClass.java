package dev.deputy.pipeline;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code value.class} is where the file declares no such class and it is none of {@link Type}:
 * a name, and nothing behind it.
 *
 * @param name the full name, with {@code $} before a nested class's own
 */
record NamedClass(String name) {
  /** Properties of every class. */
  static final Set<String> PROPERTIES = Set.of("name", "simpleName");

  /** The class of a value: a {@link DeclaredClass}, a {@link Type} or a name. */
  static Object of(@Nullable Object value) {
    return switch (value) {
      case ObjectValue object -> object.type();
      case DeclaredClass type -> type;
      case Type type -> type;
      case ErrorValue error -> error.type();
      case KnownValue known -> known.type();
      case String _ -> Type.TEXT;
      case Boolean _ -> Type.BOOLEAN;
      case Integer _ -> Type.INTEGER;
      case Long _ -> Type.LONG;
      case BigInteger _ -> Type.BIG;
      case BigDecimal _ -> Type.DECIMAL;
      case Double _ -> Type.DOUBLE;
      case Float _ -> Type.FLOAT;
      case null, default -> new NamedClass(ClassNames.of(value));
    };
  }

  /** A type as a class that has a name. */
  static NamedClass of(Type type) {
    return new NamedClass(type.qualifiedName());
  }

  static MethodTable<NamedClass> table() {
    return new MethodTable<NamedClass>("Class")
        .add("getName", 0, (c, _) -> c.name())
        .add("getSimpleName", 0, (c, _) -> c.simpleName());
  }

  /** One of {@link #PROPERTIES}. */
  String property(String property) {
    return property.equals("name") ? name : simpleName();
  }

  String simpleName() {
    return name.replaceFirst(".*[.$]", "");
  }

  /** Whether a type stands for this class. */
  boolean is(Type type) {
    return Type.named(name).filter(type::equals).isPresent();
  }

  /** As Java prints it. */
  @Override
  public String toString() {
    return "class " + name;
  }
}
