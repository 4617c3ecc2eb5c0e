package dev.deputy.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code "… ${-> x} …"}: a string whose closures are asked each time that it is shown.
 *
 * @param parts texts, values and, to be called, closures
 */
record LazyText(List<@Nullable Object> parts, Interpreter run) {
  /** A text that shows itself ends as calls do that are nested too deeply. */
  private static final int STACK = 8;

  /** As it is now. */
  String text() {
    BranchLine branch = run.current().branch();
    branch.enter(STACK);
    try {
      return shown();
    } finally {
      branch.leave(STACK);
    }
  }

  private String shown() {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      Object value =
          part instanceof ClosureValue closure
              ? run.invocations().callClosure(closure, List.of(), run.current())
              : part;
      run.budget().append(text, run.values().text(value));
    }
    return text.toString();
  }

  /** A value, or the text that it is now. */
  static @Nullable Object settled(@Nullable Object value) {
    return value instanceof LazyText lazy ? lazy.text() : value;
  }
}
