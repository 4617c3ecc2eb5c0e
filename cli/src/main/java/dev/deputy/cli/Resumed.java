package dev.deputy.cli;

import dev.deputy.builds.AbortSignal;
import dev.deputy.builds.BuildRequest;
import dev.deputy.builds.Origin;
import dev.deputy.core.BuildId;
import dev.deputy.core.Cause;
import dev.deputy.server.Configuration;
import dev.deputy.server.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A build of an earlier process that is to go on.
 *
 * @param file as it was when the build began
 * @param configuration of that file; empty where it needs none
 */
record Resumed(
    BuildId id,
    Origin origin,
    PipelineFile file,
    Optional<Configuration> configuration,
    StateFolder state) {
  /**
   * Looks for it in the state that the options name, or that lies beside the nearest configuration.
   *
   * @param name as people see it, such as {@code shop/main#12}
   */
  static Resumed find(String name, ConfigurationOption options, boolean local) throws IOException {
    BuildId id = id(name);
    Optional<Configuration> configuration =
        local
            ? options.find(List.of(Path.of("Jenkinsfile")))
            : Optional.of(options.load(Path.of("")));
    StateFolder state = options.stateFolder(configuration);
    Origin origin =
        state
            .origin(id)
            .orElseThrow(() ->
                new CommandFailed(
                    ExitStatus.USAGE,
                    "--resume: "
                        + state.path()
                        + " has no build "
                        + id
                        + " that has not ended (is --state or -c missing?)"));
    var file = PipelineFile.of(Path.of(origin.script()), origin.text());
    return new Resumed(id, origin, file, configuration, state);
  }

  private static BuildId id(String name) {
    try {
      return StateFolder.build(name);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(ExitStatus.USAGE, "--resume: " + e.getMessage());
    }
  }

  /** What the build was made of, once more. */
  BuildRequest request(String user, AbortSignal abort, JobsOfRun others) throws IOException {
    try {
      return others.again(id.job(), new Cause.Person(user), origin, abort);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(ExitStatus.BAD_INPUT, String.valueOf(e.getMessage()));
    }
  }
}
