package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code touch}: makes a file where there is none, and sets the time that it was changed. */
final class TouchStep implements Step {
  private static final String TOUCH =
      """
      mkdir -p -- "$(dirname -- "$DEPUTY_FILE")"
      if [ -n "$DEPUTY_TIME" ]; then touch -d "@$DEPUTY_TIME" -- "$DEPUTY_FILE"; else touch -- "$DEPUTY_FILE"; fi
      """;

  @Override
  public StepSignature signature() {
    return Signatures.step("touch")
        .value("file", Kind.STRING)
        .optional(Kind.INTEGER, "timestamp")
        .onAgent();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("file");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String time =
        step.number("timestamp").map(millis -> Long.toString(millis.longValue() / 1000)).orElse("");
    var variables = Map.of("DEPUTY_FILE", step.text("file"), "DEPUTY_TIME", time);
    int status = AgentScript.only(TOUCH, variables).run(step).status();
    if (status != 0) {
      throw new StepFailed("touch: ended with exit code " + status);
    }
    return null;
  }
}
