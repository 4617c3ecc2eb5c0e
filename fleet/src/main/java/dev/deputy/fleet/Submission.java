package dev.deputy.fleet;

import dev.deputy.core.FailureClass;
import dev.deputy.core.Tasks;
import dev.deputy.core.Tasks.RunAnswer;
import dev.deputy.core.Tasks.RunRequest;
import dev.deputy.core.Wish;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls RunTask for one launch, always with the same request (and so with the same client token),
 * until there is a task or waiting does not help any more. A lost answer is found by the next call.
 */
final class Submission {
  private static final Logger log = LoggerFactory.getLogger(Submission.class);

  private final Tasks tasks;
  private final RetryPlan plan;
  private final InstantSource clock;
  private final Patience patience;
  private final Wish wish;
  private final Consumer<String> tell;

  /**
   * @param wish ends with the patience
   * @param tell takes AWS's reason, once for as long as it stays the same
   */
  Submission(
      Tasks tasks,
      RetryPlan plan,
      InstantSource clock,
      Patience patience,
      Wish wish,
      Consumer<String> tell) {
    this.tasks = tasks;
    this.plan = plan;
    this.clock = clock;
    this.patience = patience;
    this.wish = wish;
    this.tell = tell;
  }

  /** Waits between calls; false as soon as nobody wants the task any more. */
  @FunctionalInterface
  interface Patience {
    boolean lasts(Duration pause) throws InterruptedException;
  }

  /** What came of it. */
  sealed interface Result {
    record Accepted(String taskArn) implements Result {}

    /**
     * @param unsure whether a task may be there after all, because an answer was lost
     */
    record GivenUp(FailureClass kind, String reason, boolean unsure) implements Result {}
  }

  Result run(RunRequest request) throws InterruptedException {
    Optional<Instant> begun = Optional.empty();
    String told = "";
    boolean unsure = false;
    for (int calls = 1; ; calls++) {
      RunAnswer.Refused refusal;
      switch (call(request)) {
        case RunAnswer.Started(String taskArn) -> {
          return new Result.Accepted(taskArn);
        }
        case RunAnswer.Refused refused -> refusal = refused;
      }
      FailureClass kind = refusal.kind();
      unsure |= kind == FailureClass.TRANSIENT || kind == FailureClass.UNKNOWN;
      Instant now = clock.instant();
      begun = kind == FailureClass.THROTTLED ? begun : begun.or(() -> Optional.of(now));
      Duration waited = Duration.between(begun.orElse(now), now);
      double random = ThreadLocalRandom.current().nextDouble();
      switch (plan.after(kind, calls, waited, random)) {
        case RetryPlan.Next.GiveUp() -> {
          return new Result.GivenUp(kind, words(refusal, calls, waited), unsure);
        }
        case RetryPlan.Next.Again(Duration pause) -> {
          if (!refusal.reason().equals(told)) {
            told = refusal.reason();
            tell.accept(told);
          }
          if (!patience.lasts(pause)) {
            return new Result.GivenUp(FailureClass.CANCELLED, "not needed any more", unsure);
          }
        }
      }
    }
  }

  private RunAnswer call(RunRequest request) {
    try {
      return tasks.run(request, wish);
    } catch (RuntimeException e) {
      log.warn("RunTask for launch {} failed", request.launch(), e);
      return new RunAnswer.Refused(
          FailureClass.TRANSIENT, "RunTask failed: " + e.getClass().getSimpleName());
    }
  }

  private static String words(RunAnswer.Refused refusal, int calls, Duration waited) {
    return calls == 1
        ? "RunTask was refused: " + refusal.reason()
        : "RunTask was refused %d times in %d s: %s"
            .formatted(calls, waited.toSeconds(), refusal.reason());
  }
}
