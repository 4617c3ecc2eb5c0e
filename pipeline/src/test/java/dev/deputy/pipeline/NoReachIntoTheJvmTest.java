package dev.deputy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What this module may use of Groovy and of the JVM, held against its source. */
class NoReachIntoTheJvmTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/deputy/pipeline");

  private static final Set<String> KNOW_GROOVY =
      Set.of(
          "Annotations.java",
          "CallTranslator.java",
          "ClassTranslator.java",
          "ExpressionTranslator.java",
          "GroovySyntax.java",
          "Jenkinsfiles.java",
          "PipelineReader.java",
          "ScriptTranslator.java",
          "StatementTranslator.java",
          "Translation.java");

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void onlyTheTranslatorsKnowGroovy() throws IOException {
    assertThat(sources())
        .filteredOn(file -> text(file).contains("org.codehaus.groovy"))
        .allSatisfy(file -> assertThat(KNOW_GROOVY).contains(file.getFileName().toString()));
    assertThat(sources())
        .noneMatch(file ->
            text(file).matches("(?s).*(groovyjarjarantlr4|org\\.apache\\.groovy).*")
                && !file.endsWith("ReadAhead.java")
                && !file.endsWith("OlderGroovy.java"))
        .noneMatch(file -> text(file).contains("groovy.lang.") && !isTable(file))
        .noneMatch(file -> text(file).contains("import org.codehaus.groovy.runtime"))
        .noneMatch(file -> text(file).matches("(?s).*new CompilationUnit.*|.*GroovyShell\\(.*"));
  }

  /** The names that pipeline code may write are texts in these. */
  private static boolean isTable(Path file) {
    return Set.of("Type.java", "ClassNames.java", "Refusals.java")
        .contains(file.getFileName().toString());
  }

  @Test
  void nothingIsLookedUpByReflection() throws IOException {
    for (String forbidden :
        List.of(
            "java.lang.reflect",
            "java.lang.invoke",
            "Class.forName",
            "getDeclared",
            "ServiceLoader",
            "System.getenv",
            "System.getProperty",
            "ProcessBuilder(",
            "java.nio.file",
            "java.net.")) {
      // Groovy's tree has a method getDeclaredConstructors, which is no reflection, and pipeline
      // code may name the exception of a missing file.
      assertThat(sources())
          .noneMatch(file ->
              text(file)
                  .replace("node.getDeclaredConstructors()", "")
                  .replace("\"java.nio.file.NoSuchFileException\"", "")
                  .contains(forbidden));
    }
  }
}
