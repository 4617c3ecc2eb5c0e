package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code withDockerContainer}, which {@code docker.image(…).inside} and declarative {@code agent {
 * docker }} stand for: a container that has the workspace, in which the {@code sh} of the block
 * run.
 *
 * @param name under which it is called
 */
record DockerContainerStep(String name) implements Step {
  private static final String PULL_WHERE_MISSING =
      """
      docker inspect -f . "$DEPUTY_IMAGE" >/dev/null 2>&1 || docker pull "$DEPUTY_IMAGE" >&2 || exit $?
      exec docker "$@" >/dev/null
      """;

  @Override
  public StepSignature signature() {
    return Signatures.block(name)
        .value("image", Kind.STRING)
        .optional(Kind.STRING, "args", "toolName")
        .optional(Kind.BOOLEAN, "alwaysPull")
        .optional(Kind.STRING, "dockerfile", "dir", "additionalBuildArgs")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("image", "dockerfile", "dir");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    DockerEngine docker = DockerEngine.of(step);
    String image = image(step, docker);
    String container = containerName(step);
    docker.run(1, words(step, image, container), PULL_WHERE_MISSING, Map.of("DEPUTY_IMAGE", image));
    try {
      step.say("$ docker run -d " + image);
      Surroundings inside = step.block().inside().in(Optional.of(container));
      return step.body(step.block().within(inside));
    } finally {
      step.cleanUp(() ->
          docker.run(
              2,
              List.of("rm", "--force", "--volumes", container),
              "exec docker \"$@\" >/dev/null\n",
              Map.of()));
    }
  }

  /** The image, built or fetched before where that was asked for. */
  private static String image(StepContext step, DockerEngine docker) {
    if (step.filledText("dockerfile").isPresent()) {
      String dir = step.filledText("dir").orElse(".");
      String name = "deputy-" + hash(step.build().id() + "/" + step.number());
      List<String> words = new ArrayList<>(List.of("build", "-t", name));
      words.addAll(DockerEngine.words(step.optionalText("additionalBuildArgs").orElse("")));
      words.addAll(List.of("-f", dir + "/" + step.text("dockerfile"), dir));
      docker.run(0, words, "exec docker \"$@\" >&2\n", Map.of());
      return name;
    }
    String image = docker.qualified(DockerEngine.requireImage(step.text("image")));
    if (step.flag("alwaysPull", false)) {
      docker.run(0, List.of("pull", image), "exec docker \"$@\" >&2\n", Map.of());
    }
    return image;
  }

  /** The same whenever the step is asked, so that a build that goes on finds its container. */
  private static String containerName(StepContext step) {
    String launch = step.workplace().agent().launch().id().value();
    return "deputy-" + hash(launch) + "-" + step.number();
  }

  private static String hash(String text) {
    byte[] digest = Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest).substring(0, 12);
  }

  private static List<String> words(StepContext step, String image, String container) {
    String workspace = step.workplace().agent().workspace();
    String temporary =
        step.workplace().environment().getOrDefault("WORKSPACE_TMP", workspace + "@tmp");
    List<String> words =
        new ArrayList<>(
            List.of(
                "run",
                "--detach",
                "--tty",
                "--name",
                container,
                "--workdir",
                step.workplace().absolute(step.block().dir()),
                "--volume",
                workspace + ":" + workspace,
                "--volume",
                temporary + ":" + temporary));
    words.addAll(DockerEngine.words(step.optionalText("args").orElse("")));
    words.addAll(List.of("--entrypoint", "", image, "cat"));
    return words;
  }

  /**
   * A script that runs another one in a container, with the variables of the block by name only:
   * values are in no argument.
   *
   * @param script as a pipeline gives it to {@code sh}
   * @param variables the names that the block adds to the agent's
   */
  static String inside(String container, String script, int number, Iterable<String> variables) {
    String end = "DEPUTY_END_" + hash(script);
    StringBuilder exec = new StringBuilder("docker exec --workdir \"$PWD\"");
    variables.forEach(name -> {
      if (name.matches("[A-Za-z_][A-Za-z0-9_]*") && !name.equals("PATH") && !name.equals("HOME")) {
        exec.append(" --env ").append(name);
      }
    });
    boolean own = script.startsWith("#!");
    String file = "\"$WORKSPACE_TMP/container-" + number + ".sh\"";
    return "#!/bin/sh\ncat > "
        + file
        + " <<'"
        + end
        + "'\n"
        + script
        + "\n"
        + end
        + "\nchmod 755 "
        + file
        + "\n"
        + exec
        + " "
        + container
        + (own ? " " : " sh -xe ")
        + file
        + "\nstatus=$?\nrm -f "
        + file
        + "\nexit $status\n";
  }
}
