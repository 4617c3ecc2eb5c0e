package dev.deputy.pipeline;

import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.ErrorCollector;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/**
 * Groovy's parser, as far as {@link SourceUnit} goes: text to tree. A {@code CompilationUnit} would
 * already act on annotations; nothing here compiles, resolves or loads a class.
 */
final class GroovySyntax {
  /**
   * @param source what the places in the tree are of
   */
  record Parsed(ModuleNode module, Source source) {}

  private GroovySyntax() {}

  /** The tree, or empty when the text is no Groovy; then {@code findings} says why. */
  static Optional<Parsed> parse(Source source, Findings findings) {
    SourceUnit unit = SourceUnit.create(source.file(), source.text());
    try {
      unit.parse();
      unit.completePhase();
      unit.nextPhase();
      unit.convert();
      return Optional.of(new Parsed(unit.getAST(), source));
    } catch (MultipleCompilationErrorsException broken) {
      Optional<Source> older = OlderGroovy.withoutSafeIndex(source);
      if (older.isPresent()) {
        return parse(older.get(), findings);
      }
      report(broken.getErrorCollector(), source, findings);
    } catch (CompilationFailedException | IllegalStateException broken) {
      notGroovy(source, findings);
    }
    return Optional.empty();
  }

  private static void report(ErrorCollector errors, Source source, Findings findings) {
    List<SyntaxException> found =
        errors.getErrors().stream()
            .filter(SyntaxErrorMessage.class::isInstance)
            .map(message -> ((SyntaxErrorMessage) message).getCause())
            .toList();
    SyntaxErrors reporter = new SyntaxErrors(source, findings);
    for (SyntaxException error : found) {
      reporter.report(
          Optional.ofNullable(error.getOriginalMessage()).orElse(""),
          source.at(error.getLine(), error.getStartColumn()));
    }
    if (found.isEmpty()) {
      notGroovy(source, findings);
    }
  }

  private static void notGroovy(Source source, Findings findings) {
    findings.error(
        source.at(1, 1),
        "this is not Groovy",
        "a pipeline file begins with pipeline { … }, node { … } or another statement");
  }
}
