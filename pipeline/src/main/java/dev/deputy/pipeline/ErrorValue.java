package dev.deputy.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exception as pipeline code sees it.
 *
 * @param thrown what carried it here; {@code throw e} throws the same again. Absent while it was
 *     only made with {@code new}.
 */
record ErrorValue(
    Type type,
    @Nullable String message,
    @Nullable ErrorValue cause,
    @Nullable PipelineException thrown) {
  /** How a caught exception looks to pipeline code. */
  static ErrorValue of(PipelineException thrown) {
    return switch (thrown) {
      case ScriptError script -> script.error();
      case PipelineException.StepFailed failed ->
          new ErrorValue(Type.ABORT, failed.getMessage(), null, failed);
      case PipelineException.Interrupted interrupted ->
          new ErrorValue(Type.FLOW_INTERRUPTED, interrupted.getMessage(), null, interrupted);
      case PipelineException.Denied denied ->
          throw new IllegalArgumentException("a denial cannot be caught", denied);
    };
  }

  /** {@code e.causes} of an interruption; empty for others. */
  List<String> causes() {
    return thrown instanceof PipelineException.Interrupted interrupted
        ? interrupted.causes()
        : List.of();
  }

  /** As Groovy prints it. */
  String text() {
    return message == null ? type.qualifiedName() : type.qualifiedName() + ": " + message;
  }
}
