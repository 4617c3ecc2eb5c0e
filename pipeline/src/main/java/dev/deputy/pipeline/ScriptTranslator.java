package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;

/** Groovy's tree of a whole file into a {@link Script}. */
final class ScriptTranslator {
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
    module.getImports().forEach(this::checkImport);
    module.getStarImports().forEach(this::checkPackage);
    module.getStaticImports().values().forEach(this::checkStatic);
    module.getStaticStarImports().values().forEach(this::checkStatic);
    for (ClassNode type : module.getClasses()) {
      if (!type.isScriptBody() && type.getOuterClass() == null) {
        file.refuse(
            file.at(type),
            "a class ('" + type.getNameWithoutPackage() + "') in a Jenkinsfile is not supported",
            "use methods, closures and maps");
      }
    }
    Map<String, List<Script.Method>> methods = new LinkedHashMap<>();
    for (MethodNode node : module.getMethods()) {
      new Annotations(file).check(node.getAnnotations());
      methods.computeIfAbsent(node.getName(), _ -> new ArrayList<>()).add(method(node));
    }
    return new Script(statements.block(module.getStatementBlock()), methods);
  }

  private Script.Method method(MethodNode node) {
    return new Script.Method(
        file.at(node),
        node.getName(),
        statements.parameters(node.getParameters()),
        statements.block(node.getCode()));
  }

  /** An import does nothing by itself; using what it names is refused where it is used. */
  private void checkImport(ImportNode node) {
    new Annotations(file).check(node.getAnnotations());
    String name = node.getClassName();
    String simple = name.substring(name.lastIndexOf('.') + 1);
    if (!simple.equals(node.getAlias())) {
      file.refuse(file.at(node), "an import under another name is not supported", "use " + simple);
    }
    boolean known = Type.named(name).isPresent() || Type.named(simple).isPresent();
    if (!known && !simple.equals("NonCPS") && !simple.equals("Field")) {
      file.unavailable(simple);
      noEffect(node, "'" + name + "'");
    }
  }

  private void checkPackage(ImportNode node) {
    new Annotations(file).check(node.getAnnotations());
    noEffect(node, "'" + node.getPackageName() + "*'");
  }

  private void checkStatic(ImportNode node) {
    noEffect(node, "members of '" + node.getClassName() + "'");
  }

  private void noEffect(ImportNode node, String what) {
    file.warn(
        file.at(node),
        "import of " + what + " has no effect",
        "pipelines have no access to classes of the controller");
  }
}
