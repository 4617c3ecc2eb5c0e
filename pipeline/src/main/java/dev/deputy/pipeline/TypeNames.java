package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the names of classes stand for in one file. */
final class TypeNames {
  /** Packages of the JVM, of Groovy and of Jenkins: no library has classes there. */
  private static final Set<String> FOREIGN =
      Set.of("java", "javax", "groovy", "hudson", "jenkins", "sun", "jdk");

  private static final List<String> FOREIGN_BEGINNINGS =
      List.of("org.jenkinsci.", "com.cloudbees.", "org.codehaus.", "org.apache.", "com.sun.");

  private final String home;
  private final boolean open;
  private final Map<String, String> declared = new HashMap<>();
  private final Map<String, String> imported = new HashMap<>();
  private final List<String> packages = new ArrayList<>();

  /**
   * @param home the file's package, empty or with a dot at its end
   * @param open whether there may be classes that the file does not declare
   */
  TypeNames(String home, boolean open) {
    this.home = home;
    this.open = open;
  }

  void declare(String fullName) {
    String inPackage = fullName.substring(home.length());
    declared.put(fullName, fullName);
    declared.put(inPackage.replace('$', '.'), fullName);
    declared.putIfAbsent(inPackage.substring(inPackage.lastIndexOf('$') + 1), fullName);
  }

  void addImport(String alias, String fullName) {
    imported.put(alias, fullName);
  }

  /** Whether a name is imported, from neither the JVM nor Groovy nor Jenkins. */
  boolean isOfLibrary(String alias) {
    String full = imported.get(alias);
    return full != null && full.contains(".") && !isForeign(full);
  }

  /** {@code import org.acme.*}; the package ends with a dot. */
  void addPackage(String name) {
    packages.add(name);
  }

  /** The type of a name; empty if there can be none. */
  Optional<TypeRef> find(String name) {
    String own = declared.get(name);
    if (own != null) {
      return Optional.of(new TypeRef.Declared(own));
    }
    int dot = name.indexOf('.');
    String first = dot < 0 ? name : name.substring(0, dot);
    String full = imported.get(first);
    if (full != null) {
      return ofFullName(dot < 0 ? full : full + "$" + name.substring(dot + 1));
    }
    Optional<TypeRef> known = Type.named(name).map(type -> type);
    return known.isPresent() ? known : ofLibrary(name, dot > 0);
  }

  private Optional<TypeRef> ofLibrary(String name, boolean qualified) {
    if (!open || isForeign(name) || Refusals.ofClass(name).isPresent()) {
      return Optional.empty();
    }
    if (qualified && Character.isLowerCase(name.charAt(0))) {
      return Optional.of(new TypeRef.Declared(name));
    }
    List<String> candidates = new ArrayList<>();
    String nested = name.replace('.', '$');
    candidates.add(home + nested);
    packages.forEach(each -> candidates.add(each + nested));
    candidates.add(nested);
    return Optional.of(new TypeRef.Declared(name, List.copyOf(candidates)));
  }

  private Optional<TypeRef> ofFullName(String full) {
    Optional<TypeRef> known =
        Type.named(full)
            .or(() ->
                isForeign(full)
                    ? Type.named(full.substring(full.lastIndexOf('.') + 1))
                    : Optional.empty())
            .map(type -> type);
    if (known.isPresent() || !open || isForeign(full)) {
      return known;
    }
    return Optional.of(new TypeRef.Declared(full));
  }

  /** Whether a class of this name can only be one of the JVM or of Jenkins. */
  static boolean isForeign(String name) {
    int dot = name.indexOf('.');
    return dot > 0
        && (FOREIGN.contains(name.substring(0, dot))
            || FOREIGN_BEGINNINGS.stream().anyMatch(name::startsWith));
  }
}
