package dev.deputy.builds;

import dev.deputy.fleet.Agent;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The docker program of a step's agent, where the agent's template allows it. */
final class DockerEngine {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  /** What images, tags and registries are named like: nothing that docker takes for an option. */
  private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:/@-]{0,511}");

  private static final String HUB = "https://index.docker.io/";
  private final StepContext step;

  private DockerEngine(StepContext step) {
    this.step = step;
  }

  /**
   * The engine that a step may use.
   *
   * @throws StepFailed naming the template that does not allow it
   */
  static DockerEngine of(StepContext step) {
    Workplace workplace = step.workplace();
    if (!workplace.template().docker() && step.build().settings().local().isEmpty()) {
      throw new StepFailed(
          step.name()
              + ": agent template "
              + workplace.template().name()
              + " does not allow Docker (expected: a template with docker: true in deputy.yaml)");
    }
    return new DockerEngine(step);
  }

  static String requireImage(String image) {
    if (!IMAGE.matcher(image).matches()) {
      throw new StepFailed("docker: image \"" + image + "\" (expected: a name such as maven:3.9)");
    }
    return image;
  }

  /** An image's name at the registry of the enclosing block. */
  String qualified(String image) {
    String url = step.block().environment().getOrDefault("DOCKER_REGISTRY_URL", "");
    if (url.isEmpty() || url.startsWith(HUB)) {
      return image;
    }
    String registry = url.replaceFirst("^https?://", "").replaceFirst("/(v[12]/?)?$", "");
    return image.startsWith(registry + "/") ? image : registry + "/" + image;
  }

  /** Arguments as people write them on one line; quotes keep words together. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher found = WORD.matcher(text);
    while (found.find()) {
      words.add(
          Optional.ofNullable(found.group(1))
              .or(() -> Optional.ofNullable(found.group(2)))
              .orElseGet(() -> found.group(3)));
    }
    return words;
  }

  /** A command of docker with these words; its standard output. */
  String run(int part, List<String> words) {
    return run(part, words, "exec docker \"$@\"\n", Map.of());
  }

  /**
   * @param script what is done with the words, which are {@code $@}
   */
  String run(int part, List<String> words, String script, Map<String, String> more) {
    return run(part, words, script, more, step.block());
  }

  /**
   * @param block whose environment it has
   */
  String run(int part, List<String> words, String script, Map<String, String> more, Block block) {
    Agent.Result result =
        new AgentScript(text(words, script), variables(words, more), part)
            .run(step, step.path(""), block);
    if (result.status() != 0) {
      throw new StepFailed("docker " + words.getFirst() + " returned exit code " + result.status());
    }
    return result.stdout().strip();
  }

  private static String text(List<String> words, String script) {
    StringBuilder text = new StringBuilder();
    text.append("command -v docker >/dev/null 2>&1 || ")
        .append("{ echo 'the agent has no docker program' >&2; exit 127; }\nset --");
    for (int i = 0; i < words.size(); i++) {
      text.append(" \"$DEPUTY_WORD_").append(i).append('"');
    }
    return text.append('\n').append(script).toString();
  }

  private static Map<String, String> variables(List<String> words, Map<String, String> more) {
    var variables = new LinkedHashMap<>(more);
    for (int i = 0; i < words.size(); i++) {
      variables.put("DEPUTY_WORD_" + i, words.get(i));
    }
    return variables;
  }
}
