package dev.deputy.pipeline;

import java.util.List;

/** What became of a Jenkinsfile's text. */
public sealed interface ParsedJenkinsfile {
  /**
   * It can run.
   *
   * @param warnings what is accepted but has no effect, or fails when it is reached, in file order
   */
  record Valid(Pipeline pipeline, List<Problem> warnings) implements ParsedJenkinsfile {
    public Valid {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * It cannot run.
   *
   * @param problems all that is wrong, in file order; never empty
   * @param warnings what may be wrong, or has no effect, in file order
   */
  record Invalid(List<Problem> problems, List<Problem> warnings) implements ParsedJenkinsfile {
    /** Without warnings. */
    public Invalid(List<Problem> problems) {
      this(problems, List.of());
    }

    public Invalid {
      warnings = List.copyOf(warnings);
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("problems: empty (expected: at least one)");
      }
    }
  }
}
