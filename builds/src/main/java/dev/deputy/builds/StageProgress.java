package dev.deputy.builds;

import dev.deputy.pipeline.BuildResult;
import java.time.Instant;
import java.util.Optional;

/** One stage while it runs. Touched only with the build's baton. */
final class StageProgress {
  private final BuildEvent.Stage stage;
  private final Instant started;
  private BuildResult result = BuildResult.SUCCESS;
  private Optional<String> skipped = Optional.empty();

  StageProgress(BuildEvent.Stage stage, Instant started) {
    this.stage = stage;
    this.started = started;
  }

  BuildEvent.Stage stage() {
    return stage;
  }

  /** For what the log says of the stage itself. */
  LogSource source() {
    return new LogSource(stage.step(), name(), stage.branch());
  }

  String name() {
    return stage.name();
  }

  Instant started() {
    return started;
  }

  BuildResult result() {
    return result;
  }

  Optional<String> skipped() {
    return skipped;
  }

  /** It went at least this badly. */
  void worsen(BuildResult to) {
    result = result.worse(to);
  }

  /** Nothing of it ran. */
  void skip(String reason) {
    skipped = Optional.of(reason);
    worsen(BuildResult.NOT_BUILT);
  }
}
