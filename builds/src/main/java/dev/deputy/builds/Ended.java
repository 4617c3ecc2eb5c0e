package dev.deputy.builds;

import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.PipelineException;
import dev.deputy.pipeline.PipelineException.Denied;
import dev.deputy.pipeline.PipelineException.Interrupted;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a wait of a step ended, as the journal keeps it and gives it back. */
final class Ended {
  private static final String VALUE = "value";
  private static final String FAILED = "failed";
  private static final String INTERRUPTED = "interrupted";
  private static final String DENIED = "denied";

  private final StepContext step;

  Ended(StepContext step) {
    this.step = step;
  }

  /** Empty for a fault of Deputy, which is nothing that a build ends with. */
  <T> Optional<Map<String, @Nullable Object>> write(
      Stored<T> form, @Nullable T value, @Nullable RuntimeException failure) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    switch (failure) {
      case null -> fields.put(VALUE, form.write(Objects.requireNonNull(value)));
      case StepFailed failed -> {
        fields.put(FAILED, String.valueOf(failed.getMessage()));
        fields.put("loss", step.build().isLoss(failed));
        fields.put("lost", step.lost());
      }
      case Interrupted interrupted -> {
        fields.put(INTERRUPTED, interrupted.result().name());
        fields.put("causes", interrupted.causes().stream().map(StoredCause::write).toList());
      }
      case Denied denied -> fields.put(DENIED, String.valueOf(denied.getMessage()));
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of(fields);
  }

  /**
   * Returns the value, or throws what the wait ended with.
   *
   * @throws PipelineException as it did
   */
  <T> T read(Stored<T> form, Stored.Fields fields) {
    Optional<String> failed = fields.optionalText(FAILED);
    if (failed.isPresent()) {
      boolean loss = Boolean.TRUE.equals(fields.values().get("loss"));
      if (Boolean.TRUE.equals(fields.values().get("lost"))) {
        step.lose();
      }
      throw loss ? step.build().loss(failed.get()) : new StepFailed(failed.get());
    }
    Optional<String> interrupted = fields.optionalText(INTERRUPTED);
    if (interrupted.isPresent()) {
      throw new Interrupted(
          BuildResult.valueOf(interrupted.get()),
          fields.list("causes").stream().map(StoredCause::read).toList());
    }
    Optional<String> denied = fields.optionalText(DENIED);
    if (denied.isPresent()) {
      throw step.build().denied(denied.get());
    }
    return form.read(fields.values().get(VALUE));
  }
}
