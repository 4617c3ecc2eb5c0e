package dev.deputy.pipeline;

import java.util.List;
import org.codehaus.groovy.ast.AnnotationNode;

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
        case "NonCPS", "SuppressWarnings", "CompileDynamic" -> {}
        case "Library" ->
            file.refuse(
                file.at(annotation),
                "shared libraries (@Library) are not supported yet",
                "move what the pipeline needs of it into the Jenkinsfile");
        default ->
            file.refuse(
                file.at(annotation),
                "annotation '@" + name + "' is not available to pipelines",
                "remove it: pipelines cannot load code");
      }
    }
    return field;
  }
}
