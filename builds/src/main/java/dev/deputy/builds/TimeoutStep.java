package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.BuildResult;
import dev.deputy.pipeline.PipelineException.Interrupted;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.time.Duration;
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
    if (step.flag("activity", false)) {
      throw new StepFailed("timeout: activity: true is not supported (expected: false)");
    }
    Duration time = Times.argument(step, TimeUnit.MINUTES);
    step.say("Timeout set to expire in " + Spans.of(time));
    var expiry = new Expiry(step);
    Thread timer =
        Thread.ofVirtual().name("timeout " + step.build().id()).start(() -> expiry.count(time));
    Object value;
    try {
      value = step.body(step.block().until(step.build().now().plus(time)));
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
    private final Interrupted cause =
        new Interrupted(BuildResult.ABORTED, List.of("Timeout has been exceeded"));

    /** Guards the fields, so that no interrupt is sent once the block has ended. */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean ended;
    private boolean expired;

    Expiry(StepContext step) {
      this.step = step;
    }

    void count(Duration time) {
      try {
        step.build().time().sleep(time);
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
