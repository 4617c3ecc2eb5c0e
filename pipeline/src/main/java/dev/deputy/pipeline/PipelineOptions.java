package dev.deputy.pipeline;

import java.util.List;
import java.util.OptionalInt;

/**
 * The options of a whole declarative pipeline that matter to whoever runs it. What the interpreter
 * does by itself ({@code timeout}, {@code retry}, {@code timestamps}: steps around the body) needs
 * nobody's attention.
 *
 * @param skipDefaultCheckout agents start with an empty directory
 * @param disableConcurrentBuilds at most one build of the job at a time
 * @param abortPrevious with {@code disableConcurrentBuilds(abortPrevious: true)}: a new build
 *     aborts the one that runs
 * @param buildsToKeep {@code buildDiscarder(logRotator(numToKeepStr: …))}
 * @param daysToKeep {@code buildDiscarder(logRotator(daysToKeepStr: …))}
 * @param artifactReaders {@code copyArtifactPermission}: names of jobs, with {@code *} for any
 *     characters, that may copy a build's artifacts
 */
public record PipelineOptions(
    boolean skipDefaultCheckout,
    boolean disableConcurrentBuilds,
    boolean abortPrevious,
    OptionalInt buildsToKeep,
    OptionalInt daysToKeep,
    List<String> artifactReaders) {
  /** What a file without options has. */
  public static final PipelineOptions NONE =
      new PipelineOptions(false, false, false, OptionalInt.empty(), OptionalInt.empty(), List.of());

  public PipelineOptions {
    artifactReaders = List.copyOf(artifactReaders);
  }
}
