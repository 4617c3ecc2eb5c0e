package dev.deputy.cli;

import dev.deputy.server.Configuration;
import dev.deputy.server.ConfigurationLoader;
import dev.deputy.server.InvalidConfiguration;
import dev.deputy.server.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code -c} and {@code --state}: which configuration, and where the state lies. */
final class ConfigurationOption {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "The configuration (default: the nearest deputy.yaml, upward from the pipeline file or"
              + " from here).")
  private @Nullable Path file;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Where builds, logs and the audit are kept (default: .deputy beside the configuration).")
  private @Nullable Path state;

  /**
   * Where the configuration is.
   *
   * @param from where to look upward for one, unless one was named
   */
  Path file(Path from) {
    return file != null ? file : find(from);
  }

  /**
   * @param from where to look upward for a configuration, unless one was named
   */
  Configuration load(Path from) {
    Path found = file(from);
    if (!Files.isRegularFile(found)) {
      throw ConfigurationFailed.unusable(
          found.toString(), found + ": no such file", "the file does not exist");
    }
    try {
      return ConfigurationLoader.load(shown(found), found);
    } catch (InvalidConfiguration e) {
      throw ConfigurationFailed.refused(shown(found), e);
    } catch (IOException e) {
      String fault = "can not be read: " + e.getMessage();
      throw ConfigurationFailed.unusable(shown(found), found + ": " + fault, "the file " + fault);
    }
  }

  /**
   * The configuration of Jenkinsfiles: unless one was named, the nearest of each, which has to be
   * the same one.
   */
  Configuration loadFor(List<Path> pipelines) {
    Path first = pipelines.getFirst().toAbsolutePath().resolveSibling("");
    for (Path other : pipelines.subList(1, file == null ? pipelines.size() : 1)) {
      Path nearest = find(first);
      Path another = find(other.toAbsolutePath().resolveSibling(""));
      if (!another.equals(nearest)) {
        throw new CommandFailed(
            ExitStatus.USAGE,
            pipelines.getFirst()
                + " belongs to "
                + shown(nearest)
                + " and "
                + other
                + " to "
                + shown(another)
                + ": run them one by one, or name one configuration with -c FILE");
      }
    }
    return load(first);
  }

  /**
   * The configuration, where one was named; otherwise what is nearest to all Jenkinsfiles, or
   * nothing where there is none or they have different ones.
   */
  Optional<Configuration> find(List<Path> pipelines) {
    if (file != null) {
      return Optional.of(load(Path.of("")));
    }
    Set<Optional<Path>> nearest =
        pipelines.stream()
            .map(path -> ConfigurationLoader.find(path.toAbsolutePath().resolveSibling("")))
            .collect(Collectors.toSet());
    return nearest.size() == 1 && nearest.iterator().next().isPresent()
        ? Optional.of(load(pipelines.getFirst().toAbsolutePath().resolveSibling("")))
        : Optional.empty();
  }

  StateFolder stateFolder(Configuration configuration) {
    return stateFolder(Optional.of(configuration));
  }

  /** Beside the configuration, or where the user stands when there is none. */
  StateFolder stateFolder(Optional<Configuration> configuration) {
    Path home = configuration.map(Configuration::home).orElse(Path.of("").toAbsolutePath());
    Path folder = state != null ? state : home.resolve(StateFolder.NAME);
    try {
      return StateFolder.open(folder);
    } catch (IOException e) {
      throw new CommandFailed(
          ExitStatus.UNAVAILABLE, folder + ": can not be made: " + e.getMessage());
    }
  }

  /** What a second command has to be given to mean the same; begins with a space, or is empty. */
  String repeated() {
    return (file == null ? "" : " -c " + file) + (state == null ? "" : " --state " + state);
  }

  private static Path find(Path from) {
    return ConfigurationLoader.find(from).orElseThrow(() -> nowhere(from));
  }

  private static ConfigurationFailed nowhere(Path from) {
    String message =
        "no "
            + ConfigurationLoader.FILE_NAME
            + " in "
            + from.toAbsolutePath().normalize()
            + " or above it; name one with -c FILE";
    return ConfigurationFailed.unusable(ConfigurationLoader.FILE_NAME, message, message);
  }

  /** Relative to where the user stands, where that is shorter. */
  static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
  }
}
