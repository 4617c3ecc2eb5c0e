package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.InterruptionCause;
import dev.deputy.pipeline.PipelineException.Interrupted;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code timeout}: interrupts a block that takes too long, and again every minute while it does not
 * end. What comes after the block is never interrupted.
 */
final class TimeoutStep implements Step {
  private static final Duration GRACE = Duration.ofMinutes(1);

  @Override
  public StepSignature signature() {
    return Signatures.block("timeout")
        .value("time", Kind.INTEGER)
        .optional(Kind.STRING, "unit")
        .literals(Times.UNIT)
        .optional(Kind.BOOLEAN, "activity")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public Set<String> names() {
    return Set.of("unit");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    Duration time = Times.argument(step, TimeUnit.MINUTES);
    boolean activity = step.flag("activity", false);
    step.say(
        "Timeout set to expire "
            + (activity
                ? "after " + Spans.of(time) + " without activity"
                : "in " + Spans.of(time)));
    Instant end = step.noteTime().plus(time);
    var expiry = new Expiry(step, activity ? Optional.of(time) : Optional.empty());
    step.build().timeouts().put(step.number(), expiry);
    Thread timer =
        Thread.ofVirtual().name("timeout " + step.build().id()).start(() -> expiry.count(end));
    try {
      return step.body(activity ? step.block() : step.block().until(end));
    } catch (Interrupted e) {
      throw expiry.isCauseOf(e) ? e.left() : e;
    } finally {
      step.build().timeouts().remove(step.number());
      timer.interrupt();
    }
  }

  /** One timeout that runs; over when the build does not have it any more. */
  static final class Expiry {
    private final StepContext step;
    private final Optional<Duration> quiet;
    private final InterruptionCause cause;

    /** Also where that was before the controller was started again. */
    private volatile boolean expired;

    /**
     * @param quiet the time that begins anew with whatever the build prints
     */
    private Expiry(StepContext step, Optional<Duration> quiet) {
      this.step = step;
      this.quiet = quiet;
      this.cause = new InterruptionCause.TimedOut(step.number());
    }

    private void count(Instant end) {
      RunningBuild build = step.build();
      try {
        build.course().replay().awaitOver();
        Duration left = left(end);
        while (left.isPositive()) {
          build.time().sleep(left);
          left = left(end);
        }
        if (expired) {
          build.time().sleep(GRACE);
        }
        while (build.timeouts().containsKey(step.number())) {
          build.course().happen(new Happening.Expired(step.number()));
          build.time().sleep(GRACE);
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (Diverged _) {
        // the run says so itself
      }
    }

    /** What is quiet begins anew with the controller: nobody knows what was printed meanwhile. */
    private Duration left(Instant end) {
      RunningBuild build = step.build();
      Instant next = quiet.map(build.console().lastOutput()::plus).orElse(end);
      return Duration.between(build.clock(), next);
    }

    private boolean isCauseOf(Interrupted interrupted) {
      return interrupted.causes().contains(cause);
    }

    /** With the baton. */
    void expire() {
      expired = true;
      step.say("Cancelling nested steps due to timeout");
      step.branch().interrupt(new Interrupted(BuildResult.ABORTED, cause));
    }
  }
}
