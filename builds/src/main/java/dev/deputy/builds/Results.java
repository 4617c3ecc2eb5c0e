package dev.deputy.builds;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildRecord;
import dev.deputy.core.Cause;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.PipelineHost;
import dev.deputy.pipeline.StartCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code currentBuild}. Everything but {@link #setResult} is touched only with the baton. */
final class Results implements PipelineHost.CurrentBuild {
  private final BuildRecord build;
  private final Supplier<Instant> clock;
  private final @Nullable BuildResult previous;
  private volatile @Nullable BuildResult result;
  private String displayName;
  private @Nullable String description;

  /**
   * @param previous the result of the job's build before this one
   */
  Results(BuildRecord build, Supplier<Instant> clock, @Nullable BuildResult previous) {
    this.build = build;
    this.clock = clock;
    this.previous = previous;
    this.displayName = "#" + build.id().number();
  }

  @Override
  public BuildResult currentResult() {
    BuildResult now = result;
    return now == null ? BuildResult.SUCCESS : now;
  }

  @Override
  public @Nullable BuildResult result() {
    return result;
  }

  /** Also called by whoever aborts, on a thread of their own. */
  @Override
  public synchronized void setResult(BuildResult to) {
    BuildResult now = result;
    result = now == null ? to : now.worse(to);
  }

  @Override
  public int number() {
    return build.id().number();
  }

  @Override
  public String fullProjectName() {
    return build.id().job().value();
  }

  @Override
  public String displayName() {
    return displayName;
  }

  @Override
  public void setDisplayName(String value) {
    displayName = value;
  }

  @Override
  public @Nullable String description() {
    return description;
  }

  @Override
  public void setDescription(@Nullable String value) {
    description = value;
  }

  @Override
  public long durationMillis() {
    return Duration.between(build.created(), clock.get()).toMillis();
  }

  @Override
  public @Nullable BuildResult previousResult() {
    return previous;
  }

  @Override
  public List<StartCause> causes() {
    return List.of(
        build
            .starter()
            .<StartCause>map(step -> {
              BuildId upstream = step.build();
              return new StartCause.Upstream(upstream.job().value(), upstream.number());
            })
            .orElseGet(() ->
                switch (build.cause()) {
                  case Cause.Person(String user) -> new StartCause.Person(user);
                }));
  }
}
