package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.fleet.Agent;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the methods of {@code docker}'s images and containers do; only they call it. Arguments of
 * build and run are the shell's to read, as in Jenkins.
 */
final class DockerCommandStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("dockerCommand")
        .required("action", Kind.STRING)
        .optional(Kind.STRING, "image", "container", "args", "command", "tag", "port")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("action", "image", "container", "tag");
  }

  @Override
  public boolean announced() {
    return false;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    DockerEngine docker = DockerEngine.of(step);
    return switch (step.text("action")) {
      case "name" -> docker.qualified(image(step));
      case "build" -> {
        shell(step, "docker build -t \"$DEPUTY_IMAGE\" " + step.text("args") + " >&2");
        yield null;
      }
      case "run" ->
          shell(
              step,
              "docker run -d " + step.text("args") + " \"$DEPUTY_IMAGE\" " + step.text("command"));
      case "pull" -> quiet(docker, List.of("pull", docker.qualified(image(step))));
      case "tag" -> tagged(step, docker, false);
      case "push" -> tagged(step, docker, true);
      case "stop" -> quiet(docker, List.of("rm", "--force", "--volumes", container(step)));
      case "port" -> docker.run(0, List.of("port", container(step), step.text("port")));
      default -> throw new IllegalArgumentException("action: \"" + step.text("action") + "\"");
    };
  }

  private static String image(StepContext step) {
    return DockerEngine.requireImage(step.text("image"));
  }

  private static String container(StepContext step) {
    return DockerEngine.requireImage(step.text("container"));
  }

  private static @Nullable Object quiet(DockerEngine docker, List<String> words) {
    docker.run(0, words, "exec docker \"$@\" >&2\n", Map.of());
    return null;
  }

  /** Under the registry's name, and pushed where that is asked for. */
  private static @Nullable Object tagged(StepContext step, DockerEngine docker, boolean push) {
    String image = image(step);
    String plain = step.filledText("tag").map(tag -> withTag(image, tag)).orElse(image);
    String name = docker.qualified(DockerEngine.requireImage(plain));
    List<String> words = new ArrayList<>(List.of("tag", image, name));
    String script =
        "docker \"$@\" >&2 || exit $?\n" + (push ? "exec docker push \"$3\" >&2\n" : "");
    if (name.equals(image) && !push) {
      return null;
    }
    docker.run(0, words, script, Map.of());
    return null;
  }

  private static String withTag(String image, String tag) {
    int colon = image.indexOf(':', image.lastIndexOf('/') + 1);
    return (colon < 0 ? image : image.substring(0, colon)) + ":" + tag;
  }

  private static String shell(StepContext step, String command) {
    Agent.Result result =
        AgentScript.only(
                "set -e\ncommand -v docker >/dev/null 2>&1 || { echo 'the agent has no docker"
                    + " program' >&2; exit 127; }\nset -x\n"
                    + command
                    + "\n",
                Map.of("DEPUTY_IMAGE", image(step)))
            .run(step);
    if (result.status() != 0) {
      throw new StepFailed("docker returned exit code " + result.status());
    }
    return result.stdout().strip();
  }
}
