package dev.deputy.builds;

import dev.deputy.core.BuildState;
import dev.deputy.pipeline.InterruptionCause;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A build that is under way in this process, from its creation to after its end. Thread-safe. */
final class Life {
  private final BuildRequest request;
  private final CompletableFuture<BuildOutcome> end = new CompletableFuture<>();
  private final CompletableFuture<Ending> wanted = new CompletableFuture<>();
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile @Nullable Integer overtakenBy;

  /** How a build ends that has not begun. */
  record Ending(BuildState state, InterruptionCause why) {}

  Life(BuildRequest request) {
    this.request = request;
  }

  BuildRequest request() {
    return request;
  }

  /** Completed when it has ended, exceptionally where a fault of Deputy ended it. */
  CompletableFuture<BuildOutcome> end() {
    return end;
  }

  /** Whether the caller is the one who runs it. */
  boolean claim() {
    return begun.compareAndSet(false, true);
  }

  /** A newer build of the job wants it to end. */
  void overtaken(int by) {
    overtakenBy = by;
    wanted.complete(new Ending(BuildState.NOT_BUILT, new InterruptionCause.Superseded(by)));
  }

  /** The number of the newer build that wants it to end. */
  Optional<Integer> overtakenBy() {
    return Optional.ofNullable(overtakenBy);
  }

  /** From now on until it begins, it hears of those who ask it to end. */
  void hearAborts() {
    request
        .abort()
        .attach(by ->
            wanted.complete(new Ending(BuildState.ABORTED, new InterruptionCause.Aborted(by))));
  }

  /** How somebody wants it to end before it begins; empty where nobody does. */
  Optional<Ending> wanted() {
    return Optional.ofNullable(wanted.getNow(null));
  }

  /** Waits for the end of another one, but no longer than until somebody wants this one to end. */
  void awaitEndOf(Life other) {
    CompletableFuture.anyOf(other.end.handle((_, _) -> true), wanted).join();
  }
}
