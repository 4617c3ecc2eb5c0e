package dev.deputy.pipeline;

import java.util.List;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.jspecify.annotations.Nullable;

/** Annotations: a few are known, none ever acts. */
final class Annotations {
  private final Translation file;

  Annotations(Translation file) {
    this.file = file;
  }

  /** Refuses what is not known; whether {@code @Field} is among them. */
  boolean check(List<AnnotationNode> annotations) {
    boolean field = false;
    for (AnnotationNode annotation : annotations) {
      String name = annotation.getClassNode().getName();
      switch (name.substring(name.lastIndexOf('.') + 1)) {
        case "Field" -> field = true;
        case "NonCPS",
            "SuppressWarnings",
            "CompileDynamic",
            "CompileStatic",
            "TypeChecked",
            "Override",
            "Deprecated" -> {}
        case "Library" -> libraries(annotation.getMember("value"), annotation);
        default -> unknown(name, file.at(annotation));
      }
    }
    return field;
  }

  /** A mark that a library brings means nothing here; any other may be meant to run code. */
  private void unknown(String name, Position at) {
    if (file.types().isOfLibrary(name)) {
      file.warn(at, "annotation '@" + name + "' has no effect", "");
    } else {
      file.refuse(
          at,
          "annotation '@" + name + "' is not available to pipelines",
          "remove it: pipelines cannot load code");
    }
  }

  /** {@code @Library('name')} and {@code @Library(['name@version', …])}. */
  private void libraries(@Nullable Expression names, AnnotationNode annotation) {
    if (names instanceof ListExpression list) {
      list.getExpressions().forEach(each -> libraries(each, annotation));
    } else if (names instanceof ConstantExpression name && name.getValue() instanceof String text) {
      file.addLibrary(text);
    } else {
      file.refuse(
          file.at(annotation),
          "@Library takes the names of libraries, written out",
          "write @Library('name@version') _, or use the step library");
    }
  }
}
