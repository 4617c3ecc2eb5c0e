package dev.deputy.pipeline;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The names that a file itself introduces, and those of built-in methods. */
final class KnownNames {
  private static final Set<String> BUILT_IN = new Builtins().names();

  /** Global variables of Jenkins' plug-ins that do not exist here. */
  private static final Set<String> REFUSED =
      Set.of("dockerFingerprintFrom", "Artifactory", "artifactory", "nodejs");

  private final Set<String> scriptMethods;
  private final boolean open;
  private final Set<String> variables = new TreeSet<>();
  private final Set<String> members = new TreeSet<>();

  private KnownNames(Script script) {
    this.open = script.open();
    this.scriptMethods = Set.copyOf(script.methods().keySet());
    members.addAll(scriptMethods);
    script.classes().values().forEach(this::declared);
    collect(script.body());
    for (var overloads : script.methods().values()) {
      for (Script.Method method : overloads) {
        method.parameters().forEach(parameter -> variables.add(parameter.name()));
        collect(method.body());
      }
    }
  }

  static KnownNames of(Script script) {
    return new KnownNames(script);
  }

  private void collect(Node root) {
    for (Node node : Tree.all(root)) {
      switch (node) {
        case Statement.Declare s -> s.variables().forEach(each -> variables.add(each.name()));
        case Statement.ForEach s -> variables.add(s.variable().name());
        case Expression.Assign e -> assigned(e.target());
        case Expression.AssignEach e -> e.targets().forEach(this::assigned);
        case Expression.Closure e when e.parameters() != null ->
            e.parameters().forEach(each -> variables.add(each.name()));
        case Expression.MapLiteral e -> e.entries().forEach(this::key);
        case Statement.Try s -> s.catches().forEach(each -> variables.add(each.name()));
        default -> {}
      }
    }
  }

  private void declared(ClassDeclaration type) {
    members.addAll(type.methods().keySet());
    members.addAll(List.of("values", "valueOf", "name", "ordinal", "next", "previous"));
    for (ClassDeclaration.Field field : type.fields()) {
      String name = Instances.capitalized(field.name());
      members.addAll(List.of(field.name(), "get" + name, "set" + name, "is" + name));
    }
  }

  /** Whether a library or a loaded file may bring names that the file does not show. */
  boolean isOpen() {
    return open;
  }

  private void assigned(Expression target) {
    switch (target) {
      case Expression.Name name -> variables.add(name.name());
      case Expression.Property property when property.name() instanceof Expression.Constant c ->
          members.add(String.valueOf(c.value()));
      case Expression.Index index when index.index() instanceof Expression.Constant c ->
          members.add(String.valueOf(c.value()));
      default -> {}
    }
  }

  private void key(Expression.Entry entry) {
    if (entry.key() instanceof Expression.Constant constant) {
      members.add(String.valueOf(constant.value()));
    }
  }

  /** Whether a call of this name may go to the file itself rather than to a step. */
  boolean isOwn(String name) {
    return scriptMethods.contains(name) || isVariable(name);
  }

  boolean isVariable(String name) {
    return variables.contains(name) || name.equals("it");
  }

  boolean isRefused(String name) {
    return REFUSED.contains(name) && !isOwn(name);
  }

  /** Whether some value may have this method; closures in maps are called like methods. */
  boolean isMethod(String name) {
    return BUILT_IN.contains(name) || members.contains(name) || ObjectMaps.isMethod(name);
  }

  Set<String> methods() {
    return BUILT_IN;
  }

  Set<String> withSteps(Set<String> steps) {
    Set<String> all = new TreeSet<>(steps);
    all.addAll(scriptMethods);
    return all;
  }
}
