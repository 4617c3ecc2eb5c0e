package dev.deputy.pipeline;

import java.util.ArrayList;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods and properties of exceptions. */
final class ErrorMethods {
  /** What exceptions have. */
  static final Set<String> PROPERTIES =
      Set.of("message", "localizedMessage", "cause", "causes", "result", "stackTrace");

  private ErrorMethods() {}

  static MethodTable<ErrorValue> table() {
    return new MethodTable<ErrorValue>("Exception")
        .add("getMessage", 0, (e, _) -> e.message())
        .add("getLocalizedMessage", 0, (e, _) -> e.message())
        .add("getCause", 0, (e, _) -> property(e, "cause"))
        .add("getCauses", 0, (e, _) -> property(e, "causes"))
        .add("getResult", 0, (e, _) -> property(e, "result"))
        // In Jenkins it goes to the controller's own output, which no build sees.
        .add("printStackTrace", 0, 1, (_, _) -> null)
        .add("getStackTrace", 0, (e, _) -> property(e, "stackTrace"));
  }

  static @Nullable Object property(ErrorValue error, String name) {
    return switch (name) {
      case "message", "localizedMessage" -> error.message();
      case "stackTrace" -> new ArrayList<>(); // places in a pipeline have no frames
      case "cause" -> error.cause() == null ? null : error.cause().value();
      case "causes" -> new ArrayList<>(error.causes().stream().map(Causes::value).toList());
      case "result" ->
          error.thrown() instanceof PipelineException.Interrupted interrupted
              ? interrupted.result().name()
              : BuildResult.FAILURE.name();
      default ->
          throw ScriptError.of(
              Type.MISSING_PROPERTY,
              "No such property: %s for %s; there are message, cause, causes, result"
                  .formatted(name, error.type().displayName()));
    };
  }
}
