package dev.deputy.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one container instance of every cluster: this machine.
 *
 * @param images what it can run
 * @param endpoint where tasks find the sandbox
 */
record EcsHost(
    Map<String, ImageCommand> images,
    TaskProcesses processes,
    TaskWorkspace workspace,
    TaskEndpoint taskEndpoint,
    URI endpoint,
    Clock clock) {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  EcsHost {
    images = Map.copyOf(images);
  }

  /** This machine, with the strongest isolation of tasks that works on it. */
  static EcsHost thisMachine(
      Map<String, ImageCommand> images,
      Set<Path> hidden,
      TaskEndpoint taskEndpoint,
      URI endpoint,
      Clock clock) {
    HostPrograms programs = HostPrograms.ofThisProcess();
    return new EcsHost(
        images,
        new TaskProcesses(TaskConfinement.strongest(programs), programs),
        TaskWorkspace.create(programs, hidden, clock),
        taskEndpoint,
        endpoint,
        clock);
  }

  /** How tasks are kept apart from this machine. */
  String isolation() {
    return processes.confinement().isolation();
  }

  /**
   * The image with this name; {@code :latest} may be there or not.
   *
   * @throws TaskStartException when there is none, in Docker's words
   */
  ImageCommand image(String name) throws TaskStartException {
    String other = name.endsWith(":latest") ? name.replaceFirst(":latest$", "") : name + ":latest";
    ImageCommand image = images.getOrDefault(name, images.get(other));
    if (image == null) {
      throw new TaskStartException(
          ("CannotPullContainerError: Error response from daemon: pull access denied for "
                  + "%s, repository does not exist or may require 'docker login' (this sandbox has "
                  + "the images %s)")
              .formatted(name, images.keySet().stream().sorted().toList()));
    }
    return image;
  }

  /**
   * The whole environment of a container: what every process needs, the image's, the definition's,
   * and on top what ECS sets.
   */
  Map<String, String> environment(
      TaskConfinement.Place place,
      ImageCommand image,
      EcsTaskSpec.Container container,
      EcsTaskSpec task,
      TaskEndpoint.Registration registration) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", PATH);
    environment.put("HOME", processes.confinement().home(place).toString());
    environment.put("LANG", "C.UTF-8");
    environment.put("AWS_REGION", task.region());
    environment.put("AWS_DEFAULT_REGION", task.region());
    environment.putAll(image.environment());
    environment.putAll(container.environment());
    environment.put(
        "PATH",
        Stream.of(workspace.standIns().stream(), image.path().stream())
            .flatMap(paths -> paths)
            .map(path -> path + ":")
            .collect(Collectors.joining("", "", environment.get("PATH"))));
    environment.put("AWS_EXECUTION_ENV", "AWS_ECS_" + task.launchType());
    environment.put("AWS_ENDPOINT_URL", endpoint.toString());
    environment.putAll(registration.environment(endpoint));
    return environment;
  }
}
