package dev.deputy.systemtests;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table of modules in docs/architecture against the code. */
class ArchitectureTest {
  /** Which modules of ours a module may use. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("pipeline", List.of()),
          Map.entry("iam", List.of()),
          Map.entry("protocol", List.of()),
          Map.entry("core", List.of()),
          Map.entry("access", List.of("core", "iam")),
          Map.entry("store", List.of("core")),
          Map.entry("aws", List.of("core")),
          Map.entry("fleet", List.of("core", "access", "protocol")),
          Map.entry("builds", List.of("core", "pipeline", "access", "fleet")),
          Map.entry("agent", List.of("protocol")),
          Map.entry("awssteps", List.of("protocol")),
          Map.entry("sandbox", List.of("iam")),
          Map.entry(
              "server",
              List.of(
                  "core",
                  "pipeline",
                  "access",
                  "iam",
                  "protocol",
                  "store",
                  "aws",
                  "fleet",
                  "builds")),
          Map.entry(
              "cli",
              List.of(
                  "core",
                  "protocol",
                  "pipeline",
                  "aws",
                  "fleet",
                  "builds",
                  "agent",
                  "server",
                  "sandbox")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.deputy");

  static Stream<Map.Entry<String, List<String>>> modules() {
    return MAY_USE.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void moduleUsesOnlyWhatTheTableAllows(Map.Entry<String, List<String>> module) {
    String own = "dev.deputy." + module.getKey() + "..";
    String[] allowed =
        Stream.concat(
                Stream.of(own), module.getValue().stream().map(name -> "dev.deputy." + name + ".."))
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> otherModules =
        resideInAnyPackage("dev.deputy..").and(DescribedPredicate.not(resideInAnyPackage(allowed)));
    noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat(otherModules)
        .allowEmptyShould(true) // aws-steps is a program of its own, not on this class path
        .check(CLASSES);
  }

  @Test
  void coreAndAccessUseNothingButTheJdkAndJSpecify() {
    classes()
        .that()
        .resideInAnyPackage("dev.deputy.core..", "dev.deputy.access..")
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage("dev.deputy..", "java..", "org.jspecify.."))
        .check(CLASSES);
  }

  @Test
  void groovyIsNeverMoreThanAParser() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "groovy.lang..",
                "groovy.util..",
                "org.codehaus.groovy.runtime..",
                "org.codehaus.groovy.reflection.."))
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.codehaus.groovy.control.CompilationUnit")
        .check(CLASSES);
  }

  @Test
  void pipelinesReachNeitherFilesNorNetworkNorProcesses() {
    noClasses()
        .that()
        .resideInAPackage("dev.deputy.pipeline..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "java.io",
                    "java.nio.file..",
                    "java.net..",
                    "java.lang.reflect..",
                    "java.lang.invoke..")
                .and(
                    DescribedPredicate.describe(
                        "do more than hold data", ArchitectureTest::reachesOut)))
        .check(CLASSES);
  }

  /** Types that every class file may mention without reaching anything. */
  private static boolean reachesOut(JavaClass type) {
    return !List.of(
                "java.io.Serializable",
                "java.io.IOException",
                "java.io.UncheckedIOException",
                "java.io.Reader",
                "java.io.StringReader",
                "java.io.StringWriter",
                "java.io.PrintWriter",
                "java.io.Writer")
            .contains(type.getName())
        && !type.getPackageName().equals("java.lang.invoke");
  }
}
