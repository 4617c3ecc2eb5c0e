package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.fleet.Agent;
import dev.deputy.pipeline.Jenkinsfiles;
import dev.deputy.pipeline.ParsedJenkinsfile;
import dev.deputy.pipeline.Problem;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code validateDeclarativePipeline}: checks a Jenkinsfile of the workspace as {@code lint} does.
 * Its value says whether it is a valid declarative pipeline; why not is in the log.
 */
final class ValidateDeclarativePipelineStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("validateDeclarativePipeline").value("path", Kind.STRING).onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public Set<String> names() {
    return Set.of("path");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String path = step.text("path");
    String shown = "Declarative Pipeline file '" + path + "' ";
    Optional<Agent.TextFile> file = step.readFile(step.path(path));
    if (file.isEmpty()) {
      step.say(shown + "does not exist.");
      return false;
    }
    String text = new String(file.get().content(), StandardCharsets.UTF_8);
    return switch (Jenkinsfiles.parse(path, text, Steps.all())) {
      case ParsedJenkinsfile.Valid(var pipeline, _) when !pipeline.declarative() -> {
        step.say(shown + "does not contain the 'pipeline' step.");
        yield false;
      }
      case ParsedJenkinsfile.Valid _ -> {
        step.say(shown + "is valid.");
        yield true;
      }
      case ParsedJenkinsfile.Invalid(List<Problem> problems, _) -> {
        step.say(
            problems.stream()
                .map(Problem::format)
                .collect(Collectors.joining("\n", "Error validating " + shown + "-\n", "")));
        yield false;
      }
    };
  }
}
