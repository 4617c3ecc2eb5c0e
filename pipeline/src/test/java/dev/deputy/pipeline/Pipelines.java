package dev.deputy.pipeline;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parses and runs texts in tests. */
final class Pipelines {
  private Pipelines() {}

  static Pipeline valid(String source) {
    return switch (Jenkinsfiles.parse("Jenkinsfile", source, new TestSteps())) {
      case ParsedJenkinsfile.Valid valid -> valid.pipeline();
      case ParsedJenkinsfile.Invalid invalid ->
          throw new AssertionError(
              invalid.problems().stream()
                  .map(Problem::format)
                  .collect(Collectors.joining("\n", "invalid:\n", "")));
    };
  }

  /** The problems as people see them; empty if there are none. */
  static String problems(String source) {
    return switch (Jenkinsfiles.parse("Jenkinsfile", source, new TestSteps())) {
      case ParsedJenkinsfile.Valid _ -> "";
      case ParsedJenkinsfile.Invalid invalid ->
          invalid.problems().stream().map(Problem::format).collect(Collectors.joining("\n"));
    };
  }

  /** Problems and warnings as people see them. */
  static String report(String source) {
    List<Problem> warnings =
        switch (Jenkinsfiles.parse("Jenkinsfile", source, new TestSteps())) {
          case ParsedJenkinsfile.Valid(_, List<Problem> found) -> found;
          case ParsedJenkinsfile.Invalid(_, List<Problem> found) -> found;
        };
    return Stream.concat(
            problems(source).lines(), warnings.stream().map(each -> "warning: " + each.format()))
        .collect(Collectors.joining("\n"));
  }

  static Outcome run(String source, RecordingHost host) {
    return valid(source).run(host);
  }
}
