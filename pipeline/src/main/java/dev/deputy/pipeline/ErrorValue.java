package dev.deputy.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exception as pipeline code sees it.
 *
 * @param thrown what carried it here; {@code throw e} throws the same again. Absent while it was
 *     only made with {@code new}.
 * @param object the object, if it is of a class that a file declares
 */
record ErrorValue(
    Type type,
    @Nullable String message,
    @Nullable ErrorValue cause,
    @Nullable PipelineException thrown,
    @Nullable ObjectValue object) {
  ErrorValue(
      Type type,
      @Nullable String message,
      @Nullable ErrorValue cause,
      @Nullable PipelineException thrown) {
    this(type, message, cause, thrown, null);
  }

  /** The exception that a value is, if it is one. */
  static @Nullable ErrorValue in(@Nullable Object value) {
    return value instanceof ObjectValue object
        ? object.error()
        : value instanceof ErrorValue error ? error : null;
  }

  /** What pipeline code holds of it. */
  Object value() {
    return object == null ? this : object;
  }

  /** How a caught exception looks to pipeline code. */
  static ErrorValue of(PipelineException thrown) {
    return switch (thrown) {
      case ScriptError script -> script.error();
      case PipelineException.FileMissing missing ->
          new ErrorValue(Type.NO_SUCH_FILE, missing.getMessage(), null, missing);
      case PipelineException.StepFailed failed ->
          new ErrorValue(Type.ABORT, failed.getMessage(), null, failed);
      case PipelineException.Interrupted interrupted ->
          new ErrorValue(Type.FLOW_INTERRUPTED, interrupted.getMessage(), null, interrupted);
      case PipelineException.Denied denied ->
          throw new IllegalArgumentException("a denial cannot be caught", denied);
    };
  }

  /** {@code e.causes} of an interruption; empty for others. */
  List<InterruptionCause> causes() {
    return thrown instanceof PipelineException.Interrupted interrupted
        ? interrupted.causes()
        : List.of();
  }

  /** As Groovy prints it. */
  String text() {
    String name = object == null ? type.qualifiedName() : object.type().name();
    return message == null ? name : name + ": " + message;
  }
}
