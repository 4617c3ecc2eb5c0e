package dev.deputy.cli;

import dev.deputy.builds.Steps;
import dev.deputy.pipeline.Jenkinsfiles;
import dev.deputy.pipeline.ParsedJenkinsfile;
import dev.deputy.pipeline.Position;
import dev.deputy.pipeline.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A Jenkinsfile as a user named it, read and checked.
 *
 * @param text empty where it can not be read
 */
record PipelineFile(Path path, String text, ParsedJenkinsfile parsed) {
  private static final long LARGEST = 1 << 20;

  static PipelineFile read(Path path) {
    String text;
    try {
      if (Files.size(path) > LARGEST) {
        return unreadable(path, "is larger than 1 MiB");
      }
      text = Files.readString(path, StandardCharsets.UTF_8);
    } catch (java.nio.file.NoSuchFileException _) {
      return unreadable(path, "does not exist");
    } catch (IOException e) {
      return unreadable(path, "can not be read: " + e.getMessage());
    }
    return of(path, text);
  }

  /** A file as it was when a build was made of it. */
  static PipelineFile of(Path path, String text) {
    return new PipelineFile(path, text, Jenkinsfiles.parse(path.toString(), text, Steps.all()));
  }

  /** What {@code lint} prints of it for machines. */
  Map<String, Object> checked() {
    Map<String, Object> line =
        CheckedFile.line(
            path.toString(),
            parsed instanceof ParsedJenkinsfile.Valid,
            problems().stream().map(PipelineFile::json).toList());
    if (!warnings().isEmpty()) {
      line.put("warnings", warnings().stream().map(PipelineFile::json).toList());
    }
    return line;
  }

  /**
   * What it parses to.
   *
   * @throws IllegalArgumentException with all problems, a line each, when it is not valid
   */
  ParsedJenkinsfile.Valid valid() {
    if (parsed instanceof ParsedJenkinsfile.Valid valid) {
      return valid;
    }
    throw new IllegalArgumentException(
        problems().stream().map(Problem::format).collect(Collectors.joining("\n")));
  }

  List<Problem> problems() {
    return switch (parsed) {
      case ParsedJenkinsfile.Valid _ -> List.of();
      case ParsedJenkinsfile.Invalid(List<Problem> problems, _) -> problems;
    };
  }

  List<Problem> warnings() {
    return switch (parsed) {
      case ParsedJenkinsfile.Valid(_, List<Problem> warnings) -> warnings;
      case ParsedJenkinsfile.Invalid(_, List<Problem> warnings) -> warnings;
    };
  }

  private static Map<String, Object> json(Problem problem) {
    Map<String, Object> object =
        CheckedFile.fault(
            problem.position().line(), problem.position().column(), problem.message());
    if (!problem.hint().isEmpty()) {
      object.put("hint", problem.hint());
    }
    return object;
  }

  private static PipelineFile unreadable(Path path, String why) {
    Problem problem = new Problem(new Position(path.toString(), 1, 1), "the file " + why, "", "");
    return new PipelineFile(path, "", new ParsedJenkinsfile.Invalid(List.of(problem)));
  }
}
