package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The classes of one run: those of its file, and those that libraries bring. */
final class Classes {
  private final Interpreter run;
  private final Map<String, ClassDeclaration> declared = new HashMap<>();
  private final Map<String, DeclaredClass> made = new HashMap<>();

  Classes(Interpreter run) {
    this.run = run;
  }

  void declare(Script script) {
    script.classes().forEach(declared::putIfAbsent);
  }

  /**
   * The class of a name.
   *
   * @throws ScriptError if there is none
   */
  DeclaredClass of(TypeRef.Declared type) {
    for (String name : type.candidates()) {
      DeclaredClass found = find(name);
      if (found != null) {
        return found;
      }
    }
    throw ScriptError.refused(
        "unable to resolve class "
            + type.name()
            + "; neither the file nor a library that was loaded declares it");
  }

  /** The class of this full name, or null. */
  @Nullable DeclaredClass find(String name) {
    DeclaredClass known = made.get(name);
    if (known != null) {
      return known;
    }
    ClassDeclaration declaration = declared.get(name);
    if (declaration == null && run.libraries().loadClass(name)) {
      declaration = declared.get(name);
    }
    return declaration == null ? null : make(declaration);
  }

  /** The class that a plain name means in the code of a class or script. */
  @Nullable DeclaredClass find(String name, @Nullable DeclaredClass home) {
    for (DeclaredClass each = home; each != null; each = outer(each)) {
      DeclaredClass nested = find(each.name() + "$" + name);
      if (nested != null) {
        return nested;
      }
      int dot = each.name().lastIndexOf('.');
      DeclaredClass beside = dot < 0 ? null : find(each.name().substring(0, dot + 1) + name);
      if (beside != null) {
        return beside;
      }
    }
    return find(name);
  }

  /** The class around a class, or null. */
  @Nullable DeclaredClass outer(DeclaredClass type) {
    String outer = type.declaration().outer();
    return outer == null ? null : find(outer);
  }

  private DeclaredClass make(ClassDeclaration declaration) {
    run.budget().operations(declaration.fields().size() + 1L);
    DeclaredClass parent = null;
    Type exception = null;
    switch (declaration.parent()) {
      case Type type -> exception = type;
      case TypeRef.Declared above -> {
        parent = of(above);
        exception = parent.exception();
      }
      case TypeRef.Unavailable missing -> throw new RefusedUse(missing.refusal());
      case null, default -> {}
    }
    List<DeclaredClass> interfaces = new ArrayList<>();
    for (TypeRef each : declaration.interfaces()) {
      if (each instanceof TypeRef.Declared above) {
        interfaces.add(of(above));
      }
    }
    DeclaredClass type = new DeclaredClass(declaration, parent, exception, interfaces);
    made.put(declaration.name(), type);
    run.instances().initialize(type);
    return type;
  }

  /** Whether a value is of a type. */
  boolean isInstance(@Nullable Object value, TypeRef type) {
    return switch (type) {
      case Type known ->
          value instanceof ObjectValue object
              ? known == Type.ANY
                  || (object.type().exception() != null && object.type().exception().is(known))
              : Values.isInstance(value, known);
      case TypeRef.Array _ -> value instanceof List<?>;
      case TypeRef.Unavailable _ -> false;
      case TypeRef.Declared declaredType -> {
        Object plain =
            value instanceof ErrorValue error && error.object() != null ? error.object() : value;
        yield plain instanceof ObjectValue object && object.type().is(of(declaredType));
      }
    };
  }
}
