package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.InnerClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;

/** Groovy's tree of a whole file into a {@link Script}. */
final class ScriptTranslator {
  private static final Set<String> KNOWN_PACKAGES =
      Set.of("java.util.", "java.lang.", "java.time.", "java.text.", "groovy.json.", "java.io.");

  private final Translation file;
  private final StatementTranslator statements;

  private ScriptTranslator(Translation file) {
    this.file = file;
    this.statements = new StatementTranslator(file);
  }

  /**
   * The script, to be used only if nothing was found.
   *
   * @throws Translation.TooDeep when it nests deeper than allowed
   */
  static Script translate(ModuleNode module, Translation file) {
    return new ScriptTranslator(file).script(module);
  }

  private Script script(ModuleNode module) {
    String home = module.getPackageName() == null ? "" : module.getPackageName();
    boolean open = file.isLibrary() || file.mentionsCallOf("Library", "library", "libraries");
    TypeNames types = new TypeNames(home, open);
    List<ClassNode> declared =
        module.getClasses().stream().filter(ScriptTranslator::isDeclared).toList();
    declared.forEach(node -> types.declare(node.getName()));
    file.use(types);
    module.getClasses().stream()
        .flatMap(node -> node.getMethods().stream())
        .forEach(method -> file.addMethod(method.getName()));
    module.getMethods().forEach(method -> file.addMethod(method.getName()));
    module.getImports().forEach(this::checkImport);
    module.getStarImports().forEach(this::checkPackage);
    module.getStaticImports().values().forEach(this::checkStatic);
    module.getStaticStarImports().values().forEach(this::noMembers);
    ClassTranslator classes = new ClassTranslator(file, statements);
    Map<String, ClassDeclaration> translated = new LinkedHashMap<>();
    declared.forEach(node -> translated.put(node.getName(), classes.translate(node)));
    Map<String, List<Script.Method>> methods = new LinkedHashMap<>();
    for (MethodNode node : module.getMethods()) {
      methods.computeIfAbsent(node.getName(), _ -> new ArrayList<>()).add(classes.method(node));
    }
    Statement.Block body = statements.block(module.getStatementBlock());
    return new Script(
        body,
        methods,
        translated,
        file.libraries(),
        open || file.mentionsCallOf("load"),
        file.source());
  }

  private static boolean isDeclared(ClassNode node) {
    return !node.isScriptBody()
        && !node.isScript()
        && !(node instanceof InnerClassNode inner && inner.isAnonymous());
  }

  /** An import does nothing by itself; using what it names is refused where it is used. */
  private void checkImport(ImportNode node) {
    new Annotations(file).check(node.getAnnotations());
    String name = node.getClassName();
    String simple = name.substring(name.lastIndexOf('.') + 1);
    file.types().addImport(node.getAlias(), name);
    boolean known = file.types().find(node.getAlias()).isPresent() || Type.isAround(name);
    boolean isAnnotation = simple.equals("NonCPS") || simple.startsWith("Compile");
    if (!known && !isAnnotation && !simple.equals("Field")) {
      file.addForeign(node.getAlias());
      noEffect(node, "'" + name + "'");
    }
  }

  private void checkPackage(ImportNode node) {
    new Annotations(file).check(node.getAnnotations());
    file.types().addPackage(node.getPackageName());
    if (TypeNames.isForeign(node.getPackageName())
        && !KNOWN_PACKAGES.contains(node.getPackageName())) {
      noEffect(node, "'" + node.getPackageName() + "*'");
    }
  }

  private void checkStatic(ImportNode node) {
    Position at = file.at(node);
    file.types().addImport(node.getType().getNameWithoutPackage(), node.getClassName());
    file.types()
        .find(node.getType().getNameWithoutPackage())
        .ifPresentOrElse(
            type ->
                file.addStaticImport(
                    node.getAlias(),
                    new Expression.Property(
                        at,
                        new Expression.TypeName(at, type),
                        new Expression.Constant(at, node.getFieldName()),
                        Expression.Access.PLAIN)),
            () -> noMembers(node));
  }

  private void noMembers(ImportNode node) {
    noEffect(node, "members of '" + node.getClassName() + "'");
  }

  private void noEffect(ImportNode node, String what) {
    file.warn(
        file.at(node),
        "import of " + what + " has no effect",
        "pipelines have no access to classes of the controller");
  }
}
