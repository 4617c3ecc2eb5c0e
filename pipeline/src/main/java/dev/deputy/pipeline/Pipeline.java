package dev.deputy.pipeline;

import java.util.List;

/** A checked Jenkinsfile. Immutable; may run any number of times, also at the same time. */
public interface Pipeline {
  /** Whether it is a {@code pipeline { }} block; otherwise it is a scripted pipeline. */
  boolean declarative();

  /** What the file declares in {@code parameters}, in its order; empty for scripted pipelines. */
  List<ParameterDefinition> parameters();

  /** What the file declares in the {@code options} of the whole pipeline. */
  PipelineOptions options();

  /** As {@link #run(PipelineHost, RunLimits)} with the default limits. */
  default Outcome run(PipelineHost host) {
    return run(host, RunLimits.DEFAULT);
  }

  /**
   * Runs the pipeline to its end on the calling thread, which becomes the main branch; parallel
   * branches get virtual threads of their own, which have all ended when this returns.
   *
   * <p>Failures, interruptions and denials of the pipeline are in the outcome; an exception means a
   * fault of the host (anything but a {@link PipelineException}).
   */
  Outcome run(PipelineHost host, RunLimits limits);
}
