package dev.deputy.builds;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildRecord;
import dev.deputy.pipeline.PipelineOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The builds that are under way in this process, from before they run to after their end, and whose
 * turn it is. Thread-safe.
 */
final class Lives {
  private final Map<BuildId, Life> lives = new ConcurrentHashMap<>();

  /** Held while builds get their numbers, so that whoever looks for older ones sees them all. */
  private final ReentrantLock numbering = new ReentrantLock();

  /**
   * Has a build be under way, if it is new.
   *
   * @param stored gives it its number
   */
  BuildRecord create(
      BuildRequest request, Supplier<BuildRecord> stored, Predicate<BuildRecord> isNew) {
    numbering.lock();
    try {
      BuildRecord record = stored.get();
      if (isNew.test(record)) {
        lives.put(record.id(), new Life(request));
      }
      return record;
    } finally {
      numbering.unlock();
    }
  }

  /** The life of a build, which begins with this where it is not under way yet. */
  Life of(BuildId id, BuildRequest request) {
    return lives.computeIfAbsent(id, _ -> new Life(request));
  }

  @Nullable Life get(BuildId id) {
    return lives.get(id);
  }

  void remove(BuildId id) {
    lives.remove(id);
  }

  /** Tells a build that a newer one of its job wants it to end. */
  void overtake(BuildId id, int newer) {
    Optional.ofNullable(lives.get(id)).ifPresent(life -> life.overtaken(newer));
  }

  /** The newer build that wants a build to end. */
  Optional<Integer> overtakenBy(BuildId id) {
    return Optional.ofNullable(lives.get(id)).flatMap(Life::overtakenBy);
  }

  /**
   * {@code disableConcurrentBuilds}: returns when the job's older builds have ended, or somebody
   * wants this one to end. Older ones are whatever this controller runs or has queued, also before
   * it was started again.
   *
   * @param overtaking ends an older build, which {@code abortPrevious} asks for
   */
  void awaitTurn(BuildId id, Life life, Overtaking overtaking) {
    life.hearAborts();
    PipelineOptions options = life.request().parsed().pipeline().options();
    if (!options.disableConcurrentBuilds()) {
      return;
    }
    List<BuildId> older = older(id);
    if (options.abortPrevious() && life.wanted().isEmpty()) {
      // The newest first: none of them may have its turn because an older one has ended.
      older.reversed().forEach(each -> overtaking.overtake(each, id.number()));
    }
    for (BuildId each : older) {
      Optional.ofNullable(lives.get(each)).ifPresent(life::awaitEndOf);
      if (life.wanted().isPresent()) {
        return;
      }
    }
  }

  private List<BuildId> older(BuildId id) {
    numbering.lock();
    try {
      return lives.keySet().stream()
          .filter(other -> other.job().equals(id.job()) && other.number() < id.number())
          .sorted(Comparator.comparingInt(BuildId::number))
          .toList();
    } finally {
      numbering.unlock();
    }
  }

  /** How a build ends because of a newer one. */
  @FunctionalInterface
  interface Overtaking {
    void overtake(BuildId older, int newer);
  }
}
