package dev.deputy.pipeline;

/** A build's or stage's result, from best to worst, as in Jenkins ({@code hudson.model.Result}). */
public enum BuildResult {
  SUCCESS,
  UNSTABLE,
  FAILURE,
  NOT_BUILT,
  ABORTED;

  /** The worse of the two. */
  public BuildResult worse(BuildResult other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
