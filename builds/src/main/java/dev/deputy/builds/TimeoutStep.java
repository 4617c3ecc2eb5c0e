package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.PipelineException.Interrupted;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
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
    var expiry = new Expiry(step, activity);
    Thread timer =
        Thread.ofVirtual().name("timeout " + step.build().id()).start(() -> expiry.count(time));
    Object value;
    try {
      Block block = step.block();
      value = step.body(activity ? block : block.until(step.build().now().plus(time)));
    } catch (RuntimeException e) {
      expiry.drain();
      throw e;
    } finally {
      expiry.end();
      timer.interrupt();
    }
    if (expiry.drain()) {
      throw expiry.cause;
    }
    return value;
  }

  /** One timeout that runs. */
  private static final class Expiry {
    private final StepContext step;
    private final boolean activity;
    private final Interrupted cause =
        new Interrupted(BuildResult.ABORTED, List.of("Timeout has been exceeded"));

    /** Guards the fields, so that no interrupt is sent once the block has ended. */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean ended;
    private boolean expired;

    /**
     * @param activity whether the time begins anew with whatever the build prints
     */
    Expiry(StepContext step, boolean activity) {
      this.step = step;
      this.activity = activity;
    }

    void count(Duration time) {
      try {
        Instant end = step.build().now().plus(time);
        while (step.build().now().isBefore(end)) {
          step.build().time().sleep(Duration.between(step.build().now(), end));
          if (activity) {
            end = step.build().console().lastOutput().plus(time);
          }
        }
        while (expire()) {
          step.build().time().sleep(GRACE);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private boolean expire() {
      lock.lock();
      try {
        if (ended) {
          return false;
        }
        expired = true;
        step.say("Cancelling nested steps due to timeout");
        step.branch().interrupt(cause);
        return true;
      } finally {
        lock.unlock();
      }
    }

    void end() {
      lock.lock();
      try {
        ended = true;
      } finally {
        lock.unlock();
      }
    }

    /**
     * Takes back an interrupt that came too late for the block, so that it does not hit what
     * follows; returns whether there was one.
     */
    boolean drain() {
      end();
      if (!expired) {
        return false;
      }
      try {
        step.await(() -> true);
        return false;
      } catch (Interrupted e) {
        if (e != cause) {
          throw e;
        }
        return true;
      }
    }
  }
}
