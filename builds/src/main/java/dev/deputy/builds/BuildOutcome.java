package dev.deputy.builds;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildState;
import dev.deputy.core.JobName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a build ended.
 *
 * @param state a terminal one
 * @param denial what was denied, where a denial ended the build
 * @param duration from its creation to its end
 * @param logFile the console log
 */
public record BuildOutcome(
    BuildId build,
    BuildState state,
    Optional<String> denial,
    Duration duration,
    TimeSplit times,
    Path logFile) {
  /** What another build's run sees of it; the rest is of no use to that. */
  static final Stored<BuildOutcome> STORED =
      Stored.of(
          outcome ->
              Map.of(
                  "job", outcome.build().job().value(),
                  "number", outcome.build().number(),
                  "state", outcome.state().name(),
                  "millis", outcome.duration().toMillis(),
                  "log", outcome.logFile().toString()),
          stored -> {
            Stored.Fields fields = Stored.Fields.of(stored);
            return new BuildOutcome(
                new BuildId(new JobName(fields.text("job")), fields.number("number")),
                BuildState.valueOf(fields.text("state")),
                Optional.empty(),
                Duration.ofMillis(Long.parseLong(fields.text("millis"))),
                TimeSplit.ZERO,
                Path.of(fields.text("log")));
          });

  public boolean denied() {
    return denial.isPresent();
  }

  /**
   * Where the time went, summed over the build's agents: with parallel branches the sum may exceed
   * the build's duration.
   *
   * @param approval waiting for people
   * @param queue from a need to RunTask accepted
   * @param launch from there until the agent proved its identity
   * @param connect from there until its first step may run
   * @param steps with an agent
   */
  public record TimeSplit(
      Duration approval, Duration queue, Duration launch, Duration connect, Duration steps) {
    static final TimeSplit ZERO =
        new TimeSplit(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    TimeSplit plus(TimeSplit other) {
      return new TimeSplit(
          approval.plus(other.approval),
          queue.plus(other.queue),
          launch.plus(other.launch),
          connect.plus(other.connect),
          steps.plus(other.steps));
    }
  }
}
