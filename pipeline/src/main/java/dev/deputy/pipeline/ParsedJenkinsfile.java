package dev.deputy.pipeline;

import java.util.List;

/** What became of a Jenkinsfile's text. */
public sealed interface ParsedJenkinsfile {
  /**
   * It can run.
   *
   * @param warnings what is accepted but has no effect, in file order
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
   */
  record Invalid(List<Problem> problems) implements ParsedJenkinsfile {
    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("problems: empty (expected: at least one)");
      }
    }
  }
}
