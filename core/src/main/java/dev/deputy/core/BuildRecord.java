package dev.deputy.core;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is stored of a build.
 *
 * @param branch the branch its source stands on; empty where that is not known for certain
 * @param commit the commit it was read at; empty outside of git
 * @param scriptHash SHA-256 of the Jenkinsfile, hexadecimal
 * @param parameters as given or defaulted; values of password parameters are never stored
 * @param starter the step of another build that started it; empty where none did
 * @param finished empty until the state is terminal
 */
public record BuildRecord(
    BuildId id,
    String script,
    Optional<String> branch,
    Optional<String> commit,
    String scriptHash,
    Cause cause,
    Map<String, String> parameters,
    Optional<Starter> starter,
    BuildState state,
    Instant created,
    Optional<Instant> finished) {
  /**
   * A step that starts a build.
   *
   * @param build whose step it is
   * @param step its number there
   */
  public record Starter(BuildId build, int step) {}

  public BuildRecord {
    parameters = Map.copyOf(parameters);
  }
}
