package dev.deputy.pipeline;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a running pipeline needs of the world. The {@code builds} module implements it; the
 * interpreter knows nothing else.
 *
 * <p>Threading: every method is called on the thread of a branch that holds the build's baton, so
 * no two calls for one build ever overlap. A method that has to wait does so inside {@link
 * Branch#await}, which hands the baton on meanwhile.
 */
public interface PipelineHost {
  /** The steps that exist; the same catalogue the file was checked against. */
  StepCatalog steps();

  /**
   * Told once, before anything else, on the thread that runs the pipeline. Interrupting this branch
   * interrupts every branch that runs below it.
   */
  default void started(Branch main) {}

  /** The scope of the outermost block: the build's own environment, no agent. */
  Scope rootScope();

  /**
   * Runs one step to its end and returns its value ({@code null} where the step has none). The
   * value is made of what {@link StepCall#arguments()} may hold, or is {@link LoadedCode}.
   *
   * @throws PipelineException.StepFailed when the step fails; pipeline code may catch it
   * @throws PipelineException.Interrupted when the step was interrupted (timeout, abort, input
   *     aborted)
   * @throws PipelineException.Denied when access was denied; pipeline code can not catch it
   */
  @Nullable Object run(StepCall call);

  /** {@code params}: the build's parameters by name; values are strings or booleans. */
  Map<String, Object> parameters();

  /** {@code env.NAME = value} outside of a {@code withEnv}: sets it for the rest of the build. */
  void setEnvironment(String name, String value);

  /**
   * Shared libraries that every file has without asking, as {@code library} takes them ({@code
   * name} or {@code name@version}). The interpreter runs the step {@code library} with {@code
   * identifier} for each of them, then for each {@code @Library} of the file, before anything else
   * of the file.
   */
  default List<String> implicitLibraries() {
    return List.of();
  }

  /**
   * What pipeline code gets as the time. Recorded: a run that is repeated from its journal gets the
   * same again.
   */
  default Instant now() {
    return Clock.systemUTC().instant();
  }

  /** A random number, for {@code Random} and {@code UUID}. Recorded, as {@link #now()} is. */
  default long random() {
    return ThreadLocalRandom.current().nextLong();
  }

  /**
   * Whether the run repeats what its journal has; the time that its own code takes is not counted
   * then.
   */
  default boolean repeating() {
    return false;
  }

  /** {@code currentBuild}. */
  CurrentBuild currentBuild();

  /**
   * What was committed since the source of the job's build before this one, oldest first; empty
   * where there was none, or where that is not known (a first build, files outside of git). The
   * same on every call, also after a restart.
   */
  default List<Change> changes() {
    return List.of();
  }

  /**
   * The properties of {@code scm}: {@code branches}, {@code userRemoteConfigs} and the like, as
   * lists and maps of strings; empty where the source is not known to be git.
   */
  default Map<String, Object> scm() {
    return Map.of();
  }

  /**
   * How the innermost stage that a scope is in goes, as far as its steps said: {@code catchError},
   * {@code warnError} and {@code unstable} mark a stage without a failure. {@code post} of the
   * stage counts it.
   */
  default BuildResult stageResult(Scope scope) {
    return BuildResult.SUCCESS;
  }

  /**
   * Tells the host how a stage that the interpreter decided about went, for pages and terminal;
   * skipped stages never run a step.
   */
  void stageSkipped(String stage, Scope scope, String reason);

  /**
   * A line for the log from the interpreter itself: {@code Post stage}, {@code Failed in branch x},
   * {@code Error when executing always post condition: …}. Lines that belong to skipped stages come
   * as {@link #stageSkipped}.
   */
  default void say(Scope scope, Branch branch, String text) {}

  /**
   * {@code currentBuild}, as far as it is supported; the interpreter refuses other properties by
   * name.
   */
  interface CurrentBuild {
    /** The result so far; SUCCESS while nothing worse happened. */
    BuildResult currentResult();

    /** {@code null} until something set it. */
    @Nullable BuildResult result();

    /** Sets the result; as in Jenkins it can only get worse. */
    void setResult(BuildResult result);

    int number();

    String fullProjectName();

    String displayName();

    void setDisplayName(String value);

    @Nullable String description();

    void setDescription(@Nullable String value);

    long durationMillis();

    /**
     * The result of the job's build before this one, for {@code changed}, {@code fixed}, {@code
     * regression} and {@code currentBuild.previousBuild}; {@code null} where there is none.
     */
    default @Nullable BuildResult previousResult() {
      return null;
    }

    /** Why the build started, for {@code triggeredBy} and {@code getBuildCauses()}. */
    List<StartCause> causes();
  }
}
