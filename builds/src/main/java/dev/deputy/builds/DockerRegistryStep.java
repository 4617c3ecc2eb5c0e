package dev.deputy.builds;

import dev.deputy.core.Credential;
import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code withDockerRegistry}: images of the block are of this registry, signed in where there are
 * credentials. The sign-in lies in a folder of the steps' account that goes with the block.
 */
final class DockerRegistryStep implements Step {
  private static final String LOGIN =
      """
      umask 077
      printf '%s' "$DEPUTY_PASSWORD" | docker "$@" >&2
      """;

  @Override
  public StepSignature signature() {
    return Signatures.block("withDockerRegistry")
        .optionalValue("url", Kind.STRING)
        .optional(Kind.STRING, "credentialsId", "toolName")
        .optional(Kind.MAP, "registry")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("url", "credentialsId");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    DockerEngine docker = DockerEngine.of(step);
    String url = given(step, "url").orElse("");
    if (!url.isEmpty() && !url.matches("https?://[A-Za-z0-9][A-Za-z0-9_.:/-]*")) {
      throw new StepFailed(
          "withDockerRegistry: url \""
              + url
              + "\" (expected: such as https://registry.example.com)");
    }
    var bound = new BoundCredentials(step);
    var variables = new LinkedHashMap<String, String>();
    if (!url.isEmpty()) {
      variables.put("DOCKER_REGISTRY_URL", url);
    }
    try {
      given(step, "credentialsId")
          .ifPresent(id -> variables.put("DOCKER_CONFIG", login(step, docker, bound, url, id)));
      return step.body(
          step.block()
              .with(
                  variables.entrySet().stream()
                      .map(each -> new Block.Variable(each.getKey(), each.getValue()))
                      .toList()));
    } finally {
      bound.files().remove();
    }
  }

  private static String login(
      StepContext step, DockerEngine docker, BoundCredentials bound, String url, String id) {
    Credential credential = bound.find(id, Optional.of(Credential.Kind.USERNAME_PASSWORD));
    bound.text("DEPUTY_USER", credential, "username");
    bound.text("DEPUTY_PASSWORD", credential, "password");
    String folder = bound.files().folder();
    bound.files().written("config.json", "{}".getBytes(StandardCharsets.UTF_8));
    bound.files().make();
    Block block = bound.around(step.block());
    String user = block.environment().getOrDefault("DEPUTY_USER", "");
    List<String> words =
        url.isEmpty()
            ? List.of("login", "--username", user, "--password-stdin")
            : List.of("login", "--username", user, "--password-stdin", url);
    step.say("$ docker login --username " + user + " --password-stdin " + url);
    docker.run(1, words, LOGIN, Map.of("DOCKER_CONFIG", folder), block);
    return folder;
  }

  private static Optional<String> given(StepContext step, String name) {
    return step.filledText(name)
        .or(() ->
            step.argument("registry") instanceof Map<?, ?> registry
                ? GitRequest.text(registry, name)
                : Optional.empty());
  }
}
