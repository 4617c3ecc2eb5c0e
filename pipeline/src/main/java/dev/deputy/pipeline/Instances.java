package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Properties and methods of objects of declared classes, and of the classes themselves. */
final class Instances {
  private final Interpreter run;
  private final Construction construction;

  Instances(Interpreter run) {
    this.run = run;
    this.construction = new Construction(run);
  }

  Construction construction() {
    return construction;
  }

  void initialize(DeclaredClass type) {
    construction.initialize(type);
  }

  /** {@code object.name}, or {@link Names#ABSENT}. */
  @Nullable Object find(ObjectValue object, String name, Context context) {
    for (String getter : List.of("get" + capitalized(name), "is" + capitalized(name))) {
      Object found = call(object, getter, List.of(), context);
      if (!Names.isAbsent(found)) {
        return found;
      }
    }
    if (object.fields().containsKey(name)) {
      return object.fields().get(name);
    }
    DeclaredClass holder = object.type().holderOf(name).orElse(null);
    if (holder != null) {
      return holder.statics().get(name);
    }
    if (object.error() != null && ErrorMethods.PROPERTIES.contains(name)) {
      return ErrorMethods.property(object.error(), name);
    }
    return call(object, "propertyMissing", listOf(name), context);
  }

  /** Whether {@code object.name = value} has something to set. */
  boolean has(ObjectValue object, String name) {
    return object.fields().containsKey(name)
        || !object.type().methods("set" + capitalized(name)).isEmpty();
  }

  /** {@code object.name = value}, from outside of its class. */
  void set(ObjectValue object, String name, @Nullable Object value, Context context) {
    List<@Nullable Object> one = listOf(value);
    if (!Names.isAbsent(call(object, "set" + capitalized(name), one, context))) {
      return;
    }
    if (object.fields().containsKey(name)) {
      if (object.type().field(name).filter(ClassDeclaration.Field::isFinal).isPresent()) {
        throw ScriptError.of(
            Type.READ_ONLY,
            "Cannot set readonly property: " + name + " for class: " + object.type().name());
      }
      setField(object, name, value);
      return;
    }
    DeclaredClass holder = object.type().holderOf(name).orElse(null);
    if (holder != null) {
      setStatic(holder, name, value);
      return;
    }
    List<@Nullable Object> both = listOf(name);
    both.add(value);
    if (Names.isAbsent(call(object, "propertyMissing", both, context))) {
      throw run.members().missing(name, object);
    }
  }

  /** A field, from inside of its class. */
  void setField(ObjectValue object, String name, @Nullable Object value) {
    TypeRef type = object.type().field(name).map(ClassDeclaration.Field::type).orElse(Type.ANY);
    object.fields().put(name, run.members().coerce(value, type));
  }

  void setStatic(DeclaredClass holder, String name, @Nullable Object value) {
    TypeRef type =
        holder.declaration().fields().stream()
            .filter(field -> field.name().equals(name))
            .map(ClassDeclaration.Field::type)
            .findFirst()
            .orElse(Type.ANY);
    holder.statics().put(name, run.members().coerce(value, type));
  }

  /** A method that the class of an object declares, or {@link Names#ABSENT}. */
  @Nullable Object call(
      ObjectValue object, String name, List<@Nullable Object> arguments, Context context) {
    Optional<DeclaredClass.Found> found =
        run.invocations()
            .overloads()
            .choose(object.type().methods(name), DeclaredClass.Found::method, arguments);
    if (found.isEmpty() || found.get().method().isAbstract()) {
      return Names.ABSENT;
    }
    return run.invocations().run(found.get(), object, arguments, context);
  }

  /** A declared method, or one that every object of such a class has, or {@link Names#ABSENT}. */
  @Nullable Object anyMethod(
      ObjectValue object, String name, List<@Nullable Object> arguments, Context context) {
    Object found = call(object, name, arguments, context);
    if (Names.isAbsent(found)) {
      found = generated(object, name, arguments, context);
    }
    if (Names.isAbsent(found) && !object.type().methods("methodMissing").isEmpty()) {
      List<@Nullable Object> missing = listOf(name);
      missing.add(new ArrayList<>(arguments));
      found = call(object, "methodMissing", missing, context);
    }
    return found;
  }

  /** Getters and setters of fields, calls of closures in fields, and what enums have. */
  private @Nullable Object generated(
      ObjectValue object, String name, List<@Nullable Object> arguments, Context context) {
    String property = property(name);
    if (name.matches("(get|is).+") && arguments.isEmpty()) {
      return object.fields().containsKey(property)
          ? object.fields().get(property)
          : ofException(object, property);
    }
    if (name.startsWith("set") && arguments.size() == 1 && object.fields().containsKey(property)) {
      setField(object, property, arguments.getFirst());
      return null;
    }
    if (object.fields().get(name) instanceof ClosureValue closure) {
      return run.invocations().callClosure(closure, arguments, context);
    }
    String constant = object.constant();
    return constant == null
        ? staticMethod(object.type(), name, arguments, context)
        : switch (name) {
          case "name" -> constant;
          case "ordinal" -> object.ordinal();
          case "next" -> beside(object, 1);
          case "previous" -> beside(object, -1);
          default -> staticMethod(object.type(), name, arguments, context);
        };
  }

  private static @Nullable Object ofException(ObjectValue object, String property) {
    return object.error() != null && ErrorMethods.PROPERTIES.contains(property)
        ? ErrorMethods.property(object.error(), property)
        : Names.ABSENT;
  }

  private static ObjectValue beside(ObjectValue constant, int by) {
    List<ObjectValue> all = constant.type().constants();
    return all.get(Math.floorMod(constant.ordinal() + by, all.size()));
  }

  /** A static member of a class, or {@link Names#ABSENT}. */
  @Nullable Object find(DeclaredClass type, String name, Context context) {
    DeclaredClass holder = type.holderOf(name).orElse(null);
    if (holder != null) {
      return holder.statics().get(name);
    }
    DeclaredClass nested = run.classes().find(type.name() + "$" + name);
    if (nested != null) {
      return nested;
    }
    return switch (name) {
      case "name" -> type.name();
      case "simpleName" -> type.declaration().simpleName();
      default -> staticMethod(type, "get" + capitalized(name), List.of(), context);
    };
  }

  /** A static method of a class, or {@link Names#ABSENT}. */
  @Nullable Object staticMethod(
      DeclaredClass type, String name, List<@Nullable Object> arguments, Context context) {
    List<DeclaredClass.Found> statics =
        type.methods(name).stream().filter(each -> each.method().isStatic()).toList();
    Optional<DeclaredClass.Found> found =
        run.invocations().overloads().choose(statics, DeclaredClass.Found::method, arguments);
    if (found.isPresent()) {
      return run.invocations().run(found.get(), type, arguments, context);
    }
    if (type.declaration().kind() == ClassDeclaration.Kind.ENUM) {
      Object constants = ofEnum(type, name, arguments);
      if (!Names.isAbsent(constants)) {
        return constants;
      }
    }
    return switch (name) {
      case "new", "newInstance" -> construction.construct(type, arguments, null);
      case "getName" -> type.name();
      case "getSimpleName" -> type.declaration().simpleName();
      default ->
          type.statics().get(name) instanceof ClosureValue closure
              ? run.invocations().callClosure(closure, arguments, context)
              : Names.ABSENT;
    };
  }

  private @Nullable Object ofEnum(
      DeclaredClass type, String name, List<@Nullable Object> arguments) {
    return switch (name) {
      case "values" -> new ArrayList<@Nullable Object>(type.constants());
      case "valueOf" -> constant(type, run.values().text(arguments.getFirst()));
      default -> Names.ABSENT;
    };
  }

  /** The constant of an enum with this name. */
  ObjectValue constant(DeclaredClass type, String name) {
    if (type.statics().get(name) instanceof ObjectValue constant) {
      return constant;
    }
    throw ScriptError.of(
        Type.ILLEGAL_ARGUMENT, "No enum constant " + type.name().replace('$', '.') + "." + name);
  }

  static List<@Nullable Object> listOf(@Nullable Object value) {
    List<@Nullable Object> list = new ArrayList<>();
    list.add(value);
    return list;
  }

  static String capitalized(String name) {
    return name.isEmpty()
        ? name
        : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** The property that a getter or setter is of. */
  static String property(String method) {
    String rest = method.replaceFirst("^(get|set|is)", "");
    boolean acronym = rest.length() > 1 && Character.isUpperCase(rest.charAt(1));
    return rest.isEmpty() || acronym
        ? rest
        : rest.substring(0, 1).toLowerCase(Locale.ROOT) + rest.substring(1);
  }
}
