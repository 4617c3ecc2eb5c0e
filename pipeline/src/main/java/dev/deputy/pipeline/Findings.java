package dev.deputy.pipeline;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Collects what is wrong or noteworthy in one file. Not thread-safe. */
final class Findings {
  private static final Comparator<Problem> FILE_ORDER =
      Comparator.comparingInt((Problem problem) -> problem.position().line())
          .thenComparingInt(problem -> problem.position().column())
          .thenComparing(Problem::message);

  private final Source source;
  private final Set<Problem> errors = new TreeSet<>(FILE_ORDER);
  private final Set<Problem> warnings = new TreeSet<>(FILE_ORDER);

  Findings(Source source) {
    this.source = source;
  }

  void error(Position at, String message, String hint) {
    errors.add(source.problem(at, message, hint));
  }

  void warning(Position at, String message, String hint) {
    warnings.add(source.problem(at, message, hint));
  }

  /** In file order, each once. */
  List<Problem> errors() {
    return List.copyOf(errors);
  }

  /** In file order, each once. */
  List<Problem> warnings() {
    return List.copyOf(warnings);
  }
}
