package dev.deputy.pipeline;

import org.jspecify.annotations.Nullable;

/** An exception that pipeline code threw, or that evaluating it caused. */
final class ScriptError extends PipelineException.StepFailed {
  private final transient ErrorValue error;
  private transient @Nullable Position at;

  private ScriptError(ErrorValue error) {
    super(error.message() == null ? error.type().qualifiedName() : error.message());
    this.error = new ErrorValue(error.type(), error.message(), error.cause(), this, error.object());
    if (error.object() != null) {
      error.object().error(this.error);
    }
  }

  static ScriptError of(Type type, @Nullable String message) {
    return new ScriptError(new ErrorValue(type, message, null, null));
  }

  /** For {@code throw new …}. */
  static ScriptError thrown(ErrorValue value) {
    return new ScriptError(value);
  }

  /** Something that pipeline code may not use, or not so. */
  static ScriptError refused(String message) {
    return of(Type.UNSUPPORTED, message);
  }

  /** For a list or map that is read only. */
  static ScriptError unchangeable() {
    return of(Type.UNSUPPORTED, null);
  }

  ErrorValue error() {
    return error;
  }

  /** Says where it happened, unless that is known already. */
  void locate(Position place) {
    if (at == null) {
      at = place;
    }
  }

  /** As of a step where code throws what steps throw; else also its class and its place. */
  @Override
  public String report() {
    return "ERROR: " + (error.type() == Type.ABORT ? String.valueOf(getMessage()) : located());
  }

  private String located() {
    String text = error.text();
    return at == null ? text : text + " (" + at + ")";
  }
}
