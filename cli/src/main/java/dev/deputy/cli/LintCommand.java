package dev.deputy.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code deputy lint}: checks Jenkinsfiles without running anything. */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    description = "Checks Jenkinsfiles; runs nothing and needs no configuration.",
    footer = {"", "Example:", "  deputy lint Jenkinsfile services/*/Jenkinsfile"})
final class LintCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Jenkinsfiles.")
  private List<Path> files = List.of();

  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    ExitStatus worst = ExitStatus.SUCCESS;
    for (Path path : files) {
      PipelineFile file = PipelineFile.read(path);
      if (!file.problems().isEmpty()) {
        worst = ExitStatus.BAD_INPUT;
      }
      if (output.json()) {
        JsonView.print(System.out, file.checked());
      } else {
        print(file);
      }
    }
    return worst.code();
  }

  private static void print(PipelineFile file) {
    file.problems().forEach(problem -> System.out.println(problem.format()));
    file.warnings().forEach(problem -> System.out.println("warning: " + problem.format()));
    if (file.problems().isEmpty()) {
      System.out.println(file.path() + ": ok");
    }
  }
}
