package dev.deputy.pipeline;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What Jenkinsfiles use of the JVM and of Jenkins that Deputy refuses, and what to use instead. */
final class Refusals {
  /** What pipelines have of {@code System}. */
  static final Set<String> OF_SYSTEM = Set.of("currentTimeMillis", "nanoTime", "lineSeparator");

  private static final String SHELL = "use sh(script: '…', returnStdout: true) on an agent";
  private static final String TIME = "use sh(script: 'date …', returnStdout: true) on an agent";
  private static final String NO_JENKINS =
      "use env, params and currentBuild; Jenkins' own objects do not exist here";
  private static final String FILES = "use readFile, writeFile and fileExists on an agent";
  private static final String NO_CODE = "pipelines cannot load or compile code";

  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("Runtime", SHELL),
          Map.entry("Process", SHELL),
          Map.entry("ProcessBuilder", SHELL),
          Map.entry("Thread", "use the sleep step, and parallel for branches"),
          Map.entry("File", FILES),
          Map.entry("FilePath", FILES),
          Map.entry("Files", FILES),
          Map.entry("Path", FILES),
          Map.entry("Paths", FILES),
          Map.entry("FileReader", FILES),
          Map.entry("FileWriter", FILES),
          Map.entry("URL", SHELL + ", with curl"),
          Map.entry("URI", "use string methods"),
          Map.entry("Socket", SHELL),
          Map.entry("Class", NO_CODE),
          Map.entry("ClassLoader", NO_CODE),
          Map.entry("GroovyShell", NO_CODE),
          Map.entry("GroovyClassLoader", NO_CODE),
          Map.entry("Eval", NO_CODE),
          Map.entry("Script", NO_CODE),
          Map.entry("Binding", NO_CODE),
          Map.entry("Jenkins", NO_JENKINS),
          Map.entry("Hudson", NO_JENKINS),
          Map.entry("Calendar", TIME),
          Map.entry("Collections", "use the methods of lists and maps"),
          Map.entry("Arrays", "use the methods of lists"),
          Map.entry("TreeSet", "use a set and its sort()"),
          Map.entry("Pattern", "use =~, ==~ and the methods of strings"),
          Map.entry("Matcher", "use =~, ==~ and the methods of strings"),
          Map.entry("XmlSlurper", "use a tool of the agent in an sh step"));

  private static final Map<String, String> METHODS =
      Map.ofEntries(
          Map.entry("execute", SHELL),
          Map.entry("getClass", "use instanceof"),
          Map.entry("getClassLoader", NO_CODE),
          Map.entry("getProtectionDomain", NO_CODE),
          Map.entry("getMetaClass", NO_CODE),
          Map.entry("setMetaClass", NO_CODE),
          Map.entry("invokeMethod", "call the method by its name"),
          Map.entry("evaluate", NO_CODE),
          Map.entry("parseClass", NO_CODE),
          Map.entry("forName", NO_CODE),
          Map.entry("getRawBuild", NO_JENKINS),
          Map.entry("wait", "use the sleep step"),
          Map.entry("notify", "use the steps of the pipeline"));

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "class", "use instanceof",
          "metaClass", NO_CODE,
          "classLoader", NO_CODE,
          "protectionDomain", NO_CODE,
          "rawBuild", NO_JENKINS,
          "declaredFields", NO_CODE);

  /** First names of packages, which no variable is called in front of a class's name. */
  private static final Set<String> PACKAGES =
      Set.of(
          "java", "javax", "groovy", "hudson", "jenkins", "org", "com", "io", "net", "sun", "jdk");

  private Refusals() {}

  /** What to use instead of a class. */
  static Optional<String> ofClass(String name) {
    return Arrays.stream(name.split("\\."))
        .filter(CLASSES::containsKey)
        .findFirst()
        .map(part -> CLASSES.getOrDefault(part, ""));
  }

  /** What to use instead of a method. */
  static Optional<String> ofMethod(String name) {
    return Optional.ofNullable(METHODS.get(name));
  }

  /** What is said of a method of {@link #ofMethod}. */
  static String method(String name) {
    return "method '" + name + "' is not available to pipelines";
  }

  /** What is said of a property of {@link #ofProperty}. */
  static String property(String name) {
    return "property '" + name + "' is not available to pipelines";
  }

  /**
   * What ends a run that reaches something refused.
   *
   * @param instead what to use instead; empty where there is nothing
   */
  static String message(String what, String instead) {
    return instead.isEmpty() ? what : what + "; " + instead;
  }

  /**
   * Does nothing for a method that was never there.
   *
   * @throws RefusedUse for one of {@link #ofMethod}
   */
  static void refuseMethod(String name) {
    ofMethod(name)
        .ifPresent(instead -> {
          throw new RefusedUse(message(method(name), instead));
        });
  }

  /** What to use instead of a property. */
  static Optional<String> ofProperty(String name) {
    return Optional.ofNullable(PROPERTIES.get(name));
  }

  /** Whether {@code a.b.C} is a class by its full name. */
  static boolean isQualifiedClass(String dotted) {
    int first = dotted.indexOf('.');
    return first > 0
        && PACKAGES.contains(dotted.substring(0, first))
        && dotted.matches("[^A-Z]*\\.[A-Z][^.]*");
  }
}
