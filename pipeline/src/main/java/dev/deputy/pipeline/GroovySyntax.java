package dev.deputy.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern QUOTED = Pattern.compile("'(.*)'", Pattern.DOTALL);

  private GroovySyntax() {}

  /** The tree, or empty when the text is no Groovy; then {@code findings} says why. */
  static Optional<ModuleNode> parse(Source source, Findings findings) {
    SourceUnit unit = SourceUnit.create(source.file(), source.text());
    try {
      unit.parse();
      unit.completePhase();
      unit.nextPhase();
      unit.convert();
      return Optional.of(unit.getAST());
    } catch (MultipleCompilationErrorsException broken) {
      report(broken.getErrorCollector(), source, findings);
    } catch (CompilationFailedException | IllegalStateException broken) {
      findings.error(source.at(1, 1), "this is not Groovy", "");
    }
    return Optional.empty();
  }

  private static void report(ErrorCollector errors, Source source, Findings findings) {
    List<SyntaxException> found =
        errors.getErrors().stream()
            .filter(SyntaxErrorMessage.class::isInstance)
            .map(message -> ((SyntaxErrorMessage) message).getCause())
            .toList();
    for (SyntaxException error : found) {
      report(error, source, findings);
    }
    if (found.isEmpty()) {
      findings.error(source.at(1, 1), "this is not Groovy", "");
    }
  }

  private static void report(SyntaxException error, Source source, Findings findings) {
    String original = Optional.ofNullable(error.getOriginalMessage()).orElse("");
    Position at = source.at(error.getLine(), error.getStartColumn());
    Optional<BracketScan.Opened> unclosed =
        BracketScan.of(source.text(), Integer.MAX_VALUE).unclosed();
    Matcher quoted = QUOTED.matcher(original);
    String token = quoted.find() ? quoted.group(1) : "";
    if (original.startsWith("Missing")) {
      findings.error(at, "expected '" + token + "' here", openedAt(unclosed, token));
    } else if (original.startsWith("Unclosed") || unclosed.filter(o -> isQuote(o)).isPresent()) {
      findings.error(
          unclosed.map(o -> source.at(o.line(), o.column())).orElse(at),
          "this string has no end",
          unclosed.filter(o -> o.token().length() == 3).isPresent()
              ? "close it with " + unclosed.get().token()
              : "close it on the same line, or use three quotes for a text of several lines");
    } else if (original.startsWith("Unexpected") && isClosing(token)) {
      findings.error(
          at, "'" + token + "' closes nothing", "remove it, or add what it should close");
    } else if (original.startsWith("Unexpected")) {
      String what = token.isBlank() ? "line end" : "'" + firstLine(token.strip()) + "'";
      findings.error(at, "unexpected " + what, openedAt(unclosed, ""));
    } else {
      findings.error(at, ourWords(original), openedAt(unclosed, ""));
    }
  }

  private static String openedAt(Optional<BracketScan.Opened> unclosed, String expected) {
    return unclosed
        .map(opened ->
            "the '%s' opened at line %d, column %d is not closed"
                .formatted(opened.token(), opened.line(), opened.column()))
        .orElse(expected.isEmpty() ? "" : "add '" + expected + "'");
  }

  private static boolean isQuote(BracketScan.Opened opened) {
    return opened.token().startsWith("'") || opened.token().startsWith("\"");
  }

  private static boolean isClosing(String token) {
    return token.equals("}") || token.equals(")") || token.equals("]");
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String ourWords(String original) {
    String line = firstLine(original).strip();
    return line.isEmpty()
        ? "this is not Groovy"
        : line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
  }
}
