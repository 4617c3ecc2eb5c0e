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
  private final Set<Problem> errors;
  private final Set<Problem> warnings;

  /** What is as good as an error: a warning where it only fails when it is reached. */
  private final Set<Problem> faults;

  Findings(Source source) {
    this.source = source;
    this.errors = new TreeSet<>(FILE_ORDER);
    this.warnings = new TreeSet<>(FILE_ORDER);
    this.faults = errors;
  }

  private Findings(Findings same) {
    this.source = same.source;
    this.errors = same.errors;
    this.warnings = same.warnings;
    this.faults = warnings;
  }

  /**
   * The same collection for program code, where Jenkins finds out when a line is reached: errors
   * become warnings.
   */
  Findings ofCode() {
    return new Findings(this);
  }

  void error(Position at, String message, String hint) {
    faults.add(source.problem(at, message, hint));
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
