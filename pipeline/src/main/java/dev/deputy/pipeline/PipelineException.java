package dev.deputy.pipeline;

import java.util.List;
import java.util.stream.Collectors;

/** How a step or a piece of pipeline code ends early. */
public abstract sealed class PipelineException extends RuntimeException {
  private PipelineException(String message) {
    super(message);
  }

  /** What the log says of it where it is caught by a step or ends the build. */
  public String report() {
    return "ERROR: " + getMessage();
  }

  /**
   * A step or the pipeline's own code failed ({@code hudson.AbortException} and friends): the
   * pipeline may catch it.
   */
  public static sealed class StepFailed extends PipelineException permits FileMissing, ScriptError {
    public StepFailed(String message) {
      super(message);
    }
  }

  /** A file that a step was to read is not there ({@code NoSuchFileException}). */
  public static final class FileMissing extends StepFailed {
    /**
     * @param path of the file, which is all that the message is
     */
    public FileMissing(String path) {
      super(path);
    }

    @Override
    public String report() {
      return "ERROR: " + ErrorValue.of(this).text();
    }
  }

  /**
   * An interruption ({@code FlowInterruptedException}): timeout, abort, an input that was declined.
   */
  public static final class Interrupted extends PipelineException {
    private final BuildResult result;
    private final transient List<InterruptionCause> causes;
    private final boolean over;

    public Interrupted(BuildResult result, InterruptionCause cause) {
      this(result, List.of(cause));
    }

    public Interrupted(BuildResult result, List<InterruptionCause> causes) {
      this(result, causes, false);
    }

    private Interrupted(BuildResult result, List<InterruptionCause> causes, boolean over) {
      super(causes.stream().map(InterruptionCause::description).collect(Collectors.joining(", ")));
      this.result = result;
      this.causes = List.copyOf(causes);
      this.over = over;
    }

    /** The same, once the block is left that was to be interrupted. */
    public Interrupted left() {
      return new Interrupted(result, causes, true);
    }

    /**
     * Whether what was to be interrupted has been left, as with an inner {@code timeout}: what is
     * around it may try again. Jenkins calls the contrary an actual interruption.
     */
    public boolean isOver() {
      return over;
    }

    /** The result that the build gets where nothing catches this; ABORTED as a rule. */
    public BuildResult result() {
      return result;
    }

    /** An interruption is no error; without a cause there is nothing to say. */
    @Override
    public String report() {
      return causes.stream().map(InterruptionCause::description).collect(Collectors.joining("\n"));
    }

    /** Why, as far as is known. */
    public List<InterruptionCause> causes() {
      return causes;
    }
  }

  /**
   * Access was denied. No {@code try}, {@code catchError} or {@code post} condition catches it or
   * changes it: the build ends, cleaning up on the way ({@code finally} and {@code post} run).
   */
  public static final class Denied extends PipelineException {
    public Denied(String message) {
      super(message);
    }
  }
}
