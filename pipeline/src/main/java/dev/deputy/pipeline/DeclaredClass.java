package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A class that a file declares, at work in one run. */
final class DeclaredClass {
  /** A method and the class that it stands in. */
  record Found(Script.Method method, DeclaredClass home) {}

  private final ClassDeclaration declaration;
  private final @Nullable DeclaredClass parent;
  private final @Nullable Type exception;
  private final List<DeclaredClass> interfaces;
  private final Map<String, @Nullable Object> statics = new LinkedHashMap<>();
  private final Map<String, List<Found>> methods = new HashMap<>();

  /**
   * @param exception which exception of the language it extends, perhaps over other classes
   */
  DeclaredClass(
      ClassDeclaration declaration,
      @Nullable DeclaredClass parent,
      @Nullable Type exception,
      List<DeclaredClass> interfaces) {
    this.declaration = declaration;
    this.parent = parent;
    this.exception = exception;
    this.interfaces = List.copyOf(interfaces);
  }

  ClassDeclaration declaration() {
    return declaration;
  }

  String name() {
    return declaration.name();
  }

  @Nullable DeclaredClass parent() {
    return parent;
  }

  @Nullable Type exception() {
    return exception;
  }

  /** Static fields and, in their order, the constants of an enum. */
  Map<String, @Nullable Object> statics() {
    return statics;
  }

  /** Whether this is that class or below it. */
  boolean is(DeclaredClass other) {
    return equals(other)
        || (parent != null && parent.is(other))
        || interfaces.stream().anyMatch(each -> each.is(other));
  }

  /**
   * All methods of a name that objects have; those of subclasses first, overridden ones left out.
   */
  List<Found> methods(String name) {
    List<Found> known = methods.get(name);
    if (known == null) {
      known = List.copyOf(find(name));
      methods.put(name, known);
    }
    return known;
  }

  private List<Found> find(String name) {
    List<Found> found = new ArrayList<>();
    for (Script.Method method : declaration.methods().getOrDefault(name, List.of())) {
      found.add(new Found(method, this));
    }
    List<DeclaredClass> above = new ArrayList<>(interfaces);
    if (parent != null) {
      above.addFirst(parent);
    }
    for (DeclaredClass each : above) {
      for (Found inherited : each.methods(name)) {
        if (found.stream().noneMatch(own -> overrides(own.method(), inherited.method()))) {
          found.add(inherited);
        }
      }
    }
    return found;
  }

  private static boolean overrides(Script.Method method, Script.Method inherited) {
    return method.parameters().stream()
        .map(Expression.Parameter::type)
        .toList()
        .equals(inherited.parameters().stream().map(Expression.Parameter::type).toList());
  }

  /** An instance field of it or of a class above it. */
  Optional<ClassDeclaration.Field> field(String name) {
    for (ClassDeclaration.Field field : declaration.fields()) {
      if (!field.isStatic() && field.name().equals(name)) {
        return Optional.of(field);
      }
    }
    return parent == null ? Optional.empty() : parent.field(name);
  }

  /** The class, it or one above it, that has a static field. */
  Optional<DeclaredClass> holderOf(String name) {
    if (statics.containsKey(name)) {
      return Optional.of(this);
    }
    return interfaces.stream()
        .flatMap(each -> each.holderOf(name).stream())
        .findFirst()
        .or(() -> parent == null ? Optional.empty() : parent.holderOf(name));
  }

  /** The constants of an enum. */
  List<ObjectValue> constants() {
    List<ObjectValue> constants = new ArrayList<>();
    for (ClassDeclaration.Field field : declaration.fields()) {
      if (field.constant() && statics.get(field.name()) instanceof ObjectValue constant) {
        constants.add(constant);
      }
    }
    return constants;
  }
}
