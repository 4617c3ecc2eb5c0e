package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;

/** What the translators of one file share: its positions, its findings, and how deep they are. */
final class Translation {
  /** The file nests deeper than allowed; translation ends. */
  static final class TooDeep extends RuntimeException {
    private final transient Position at;

    TooDeep(Position at) {
      super("nested too deeply", null, false, false);
      this.at = at;
    }

    Position at() {
      return at;
    }
  }

  private final Source source;
  private final Findings findings;
  private final int allowedDepth;
  private final Set<String> foreign = new HashSet<>();
  private final Set<String> methods = new HashSet<>();
  private final Map<String, Expression.Property> staticImports = new HashMap<>();
  private final List<String> libraries = new ArrayList<>();
  private final boolean library;
  private TypeNames types;
  private int depth;

  Translation(Source source, Findings findings, int allowedDepth) {
    this(source, findings, allowedDepth, false);
  }

  Translation(Source source, Findings findings, int allowedDepth, boolean library) {
    this.library = library;
    this.source = source;
    this.types = new TypeNames("", false);
    this.findings = findings;
    this.allowedDepth = allowedDepth;
  }

  Position at(ASTNode node) {
    return source.at(node.getLineNumber(), node.getColumnNumber());
  }

  /** The character of the file at a place; a space beyond the end of a line. */
  char characterAt(Position at) {
    String line = at.line() <= source.lines().size() ? source.lines().get(at.line() - 1) : "";
    return at.column() <= line.length() ? line.charAt(at.column() - 1) : ' ';
  }

  /** The text of the file that a node stands for, in one line. */
  String text(ASTNode node) {
    List<String> lines = source.lines();
    StringBuilder text = new StringBuilder();
    for (int i = node.getLineNumber(); i >= 1 && i <= node.getLastLineNumber(); i++) {
      String line = lines.get(i - 1);
      int from = i == node.getLineNumber() ? node.getColumnNumber() - 1 : 0;
      int to = i == node.getLastLineNumber() ? node.getLastColumnNumber() - 1 : line.length();
      text.append(line, Math.min(from, line.length()), Math.clamp(to, from, line.length()));
    }
    return text.toString().strip();
  }

  void refuse(Position at, String what, String hint) {
    findings.error(at, what, hint);
  }

  /**
   * Warns of something of the JVM or of Jenkins that pipelines do not have: as in Jenkins, only
   * code that reaches it fails.
   */
  Expression.Refused unavailable(Position at, String what, String hint) {
    findings.warning(at, what, hint);
    return new Expression.Refused(at, Refusals.message(what, hint));
  }

  void warn(Position at, String what, String hint) {
    findings.warning(at, what, hint);
  }

  /** Notes a method of a class or of the script itself. */
  void addMethod(String name) {
    methods.add(name);
  }

  boolean declaresMethod(String name) {
    return methods.contains(name);
  }

  /** Notes that a class was imported that does not exist for pipelines. */
  void addForeign(String simpleName) {
    foreign.add(simpleName);
  }

  /** What to use instead of a class that pipelines do not have; empty for any other name. */
  Optional<String> instead(String name) {
    return Refusals.ofClass(name)
        .or(() ->
            foreign.contains(name)
                ? Optional.of("pipelines have no access to classes of the controller")
                : Optional.empty());
  }

  /** Whether this is no pipeline file but code of a library, or loaded. */
  boolean isLibrary() {
    return library;
  }

  Source source() {
    return source;
  }

  TypeNames types() {
    return types;
  }

  /** Sets what the names of classes mean from now on. */
  void use(TypeNames names) {
    types = names;
  }

  void addLibrary(String name) {
    libraries.add(name);
  }

  List<String> libraries() {
    return List.copyOf(libraries);
  }

  /** Whether the text calls one of these somewhere, as far as can be seen without its tree. */
  boolean mentionsCallOf(String... names) {
    return Pattern.compile("\\b(" + String.join("|", names) + ")\\b\\s*[('\"{\\[]")
        .matcher(source.text())
        .find();
  }

  void addStaticImport(String alias, Expression.Property member) {
    staticImports.put(alias, member);
  }

  /** What {@code import static} makes of a name. */
  Optional<Expression.Property> staticImport(String name) {
    return Optional.ofNullable(staticImports.get(name));
  }

  void enter(ASTNode node) {
    if (++depth > allowedDepth) {
      throw new TooDeep(at(node));
    }
  }

  void leave() {
    depth--;
  }

  /** The type a declaration, cast or {@code catch} names. */
  TypeRef type(ClassNode node, Position at) {
    if (node.isArray()) {
      return new TypeRef.Array(type(node.getComponentType(), at));
    }
    String name = node.getName();
    return types
        .find(name)
        .orElseGet(() -> {
          Expression.Refused refused =
              unavailable(
                  at,
                  "type '" + name + "' is not available to pipelines",
                  Refusals.ofClass(name).orElse("use def, or Exception in a catch"));
          return new TypeRef.Unavailable(name, refused.message());
        });
  }
}
