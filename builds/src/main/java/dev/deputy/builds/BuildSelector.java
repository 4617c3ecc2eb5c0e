package dev.deputy.builds;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.BuildState;
import dev.deputy.core.BuildStore;
import dev.deputy.core.JobName;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which build of a job {@code copyArtifacts} means. */
sealed interface BuildSelector {
  /** So far back it is looked for. */
  int MOST = 1000;

  /** The newest build that ended in one of these states. */
  record Last(Set<BuildState> states) implements BuildSelector {}

  /** The build of this number. */
  record Specific(int number) implements BuildSelector {}

  /** The build of the job that this one was started by, at once or by builds between them. */
  record Upstream() implements BuildSelector {}

  /**
   * Reads the argument {@code selector}.
   *
   * @param argument as its function or {@code [$class: …]} gives it; null for the last successful
   */
  static BuildSelector of(@Nullable Object argument) {
    if (argument == null) {
      return successful(false);
    }
    if (!(argument instanceof Map<?, ?> options)) {
      throw new StepFailed("copyArtifacts: selector: " + argument + " " + EXPECTED);
    }
    String name = name(options);
    return switch (name) {
      case "lastSuccessful", "StatusBuildSelector" ->
          successful(Boolean.TRUE.equals(options.get("stable")));
      case "lastCompleted", "LastCompletedBuildSelector" -> permalink("lastCompletedBuild");
      case "permalink", "PermalinkBuildSelector" -> permalink(option(options, name, "id"));
      case "specific", "SpecificBuildSelector" -> specific(option(options, name, "buildNumber"));
      case "upstream", "TriggeredBuildSelector" -> new Upstream();
      default -> throw new StepFailed("copyArtifacts: selector: " + name + " " + EXPECTED);
    };
  }

  Set<String> NAMES =
      Set.of(
          "lastSuccessful",
          "StatusBuildSelector",
          "lastCompleted",
          "LastCompletedBuildSelector",
          "permalink",
          "PermalinkBuildSelector",
          "specific",
          "SpecificBuildSelector",
          "upstream",
          "TriggeredBuildSelector");

  String EXPECTED =
      "(expected: lastSuccessful(), lastCompleted(), specific('…'), permalink('…') or upstream())";

  /** What is wrong with a selector that is written out, as far as its options may be missing. */
  static Optional<String> fault(Object argument) {
    return argument instanceof Map<?, ?> options
            && (options.get("$class") == null || NAMES.contains(name(options)))
        ? Optional.empty()
        : Optional.of(argument + " " + EXPECTED);
  }

  private static String name(Map<?, ?> options) {
    String name = String.valueOf(options.get("$class"));
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** An option that may also be the function's only argument. */
  private static String option(Map<?, ?> options, String function, String name) {
    Object value = options.containsKey(name) ? options.get(name) : options.get(function);
    return String.valueOf(value).strip();
  }

  private static Last successful(boolean stable) {
    return new Last(
        stable ? Set.of(BuildState.SUCCESS) : Set.of(BuildState.SUCCESS, BuildState.UNSTABLE));
  }

  private static Last ended(Predicate<BuildState> how) {
    return new Last(
        Arrays.stream(BuildState.values())
            .filter(BuildState::terminal)
            .filter(how)
            .collect(Collectors.toSet()));
  }

  private static BuildSelector permalink(String id) {
    return switch (id) {
      case "lastSuccessfulBuild" -> successful(false);
      case "lastStableBuild" -> successful(true);
      case "lastUnstableBuild" -> new Last(Set.of(BuildState.UNSTABLE));
      case "lastFailedBuild" -> new Last(Set.of(BuildState.FAILURE));
      case "lastUnsuccessfulBuild" -> ended(state -> state != BuildState.SUCCESS);
      case "lastCompletedBuild", "lastBuild" -> ended(_ -> true);
      default -> throw new StepFailed("copyArtifacts: selector: no such permalink: " + id);
    };
  }

  /** Also a permalink, as in Jenkins. */
  private static BuildSelector specific(String text) {
    try {
      return new Specific(Integer.parseInt(text.startsWith("#") ? text.substring(1) : text));
    } catch (NumberFormatException _) {
      return permalink(text);
    }
  }

  /**
   * The build; empty where there is none.
   *
   * @param asking whose step it is
   * @param allowed whether it may be the one
   */
  default Optional<BuildRecord> select(
      BuildStore builds, JobName job, BuildRecord asking, Predicate<BuildRecord> allowed) {
    return switch (this) {
      case Last(Set<BuildState> states) ->
          builds.ofJob(job, MOST).stream()
              .filter(build -> states.contains(build.state()))
              .filter(allowed)
              .findFirst();
      case Specific(int number) ->
          number < 1 ? Optional.empty() : builds.find(new BuildId(job, number)).filter(allowed);
      case Upstream _ -> upstream(builds, job, asking).filter(allowed);
    };
  }

  private static Optional<BuildRecord> upstream(
      BuildStore builds, JobName job, BuildRecord asking) {
    Optional<BuildRecord> build = Optional.of(asking);
    for (int i = 0; i < MOST && build.isPresent(); i++) {
      build = build.get().starter().flatMap(step -> builds.find(step.build()));
      if (build.filter(found -> found.id().job().equals(job)).isPresent()) {
        return build;
      }
    }
    return Optional.empty();
  }
}
