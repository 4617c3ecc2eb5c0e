package dev.deputy.builds;

import dev.deputy.core.JournalEntry;
import dev.deputy.pipeline.Branch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the journal of an earlier process knows of a run that is repeated. The pipeline runs again
 * from its top; each wait that the journal has the end of ends as it did, in the order in which
 * they ended, and what happened from outside happens again between the same two of them. Nothing
 * new begins before the last of these.
 *
 * <p>Everything is called with the build's baton, but for what says otherwise.
 */
final class Replay {
  /**
   * A wait, or a reading.
   *
   * @param step its step's number; 0 for the build
   * @param part which of the step's, from 0 on
   */
  record Key(int step, int part) {
    @Override
    public String toString() {
      return step + "." + part;
    }
  }

  /** A wait whose end is known; its thread waits for its turn. */
  private static final class Turn {
    private final CompletableFuture<Boolean> granted = new CompletableFuture<>();
    private final CompletableFuture<Boolean> taken = new CompletableFuture<>();
  }

  /**
   * A wait that ended, or something that happened between two of these.
   *
   * @param key the wait's; empty for what happened
   */
  private record Next(Optional<Key> key, JournalEntry entry) {}

  private final boolean resumed;
  private final Map<Integer, JournalEntry> started = new HashMap<>();
  private final Set<Integer> ended = new HashSet<>();
  private final Map<Key, JournalEntry> known = new HashMap<>();

  /** What happened while a branch ran, by the step that it was about to begin. */
  private final Map<Integer, List<JournalEntry>> within = new HashMap<>();

  /** Ends of waits, and what happened between them, in order. */
  private final List<Next> order = new ArrayList<>();

  private final Map<Key, Turn> turns = new ConcurrentHashMap<>();
  private final CompletableFuture<Boolean> over = new CompletableFuture<>();
  private final AtomicReference<Runnable> afterwards = new AtomicReference<>(() -> {});
  private volatile @Nullable Diverged divergence;

  /**
   * @param journal of a build that has not ended; empty for one that begins
   */
  Replay(List<JournalEntry> journal) {
    this.resumed = !journal.isEmpty();
    for (JournalEntry entry : journal) {
      switch (entry.kind()) {
        case STARTED -> started.putIfAbsent(entry.step(), entry);
        case FINISHED, FAILED, LOST -> ended.add(entry.step());
        case NOTED -> known.putIfAbsent(Journal.key(entry), entry);
        case COMPLETED -> {
          Key key = Journal.key(entry);
          if (known.putIfAbsent(key, entry) == null) {
            order.add(new Next(Optional.of(key), entry));
          }
        }
        case HAPPENED -> {
          if (entry.step() == 0) {
            order.add(new Next(Optional.empty(), entry));
          } else {
            within.computeIfAbsent(entry.step(), _ -> new ArrayList<>()).add(entry);
          }
        }
      }
    }
    if (order.isEmpty()) {
      over.complete(true);
    }
  }

  /**
   * Has something done, once, when the run has got as far as it got then: every branch waits for
   * something whose end is not known, or the run has ended. To be called before anything else.
   */
  void afterwards(Runnable work) {
    afterwards.set(work);
  }

  private void end() {
    over.complete(true);
    afterwards.getAndSet(() -> {}).run();
  }

  /** Whether an earlier process began the run. */
  boolean resumed() {
    return resumed;
  }

  /** Whether there is nothing left to repeat. Callable from any thread. */
  boolean over() {
    return over.isDone();
  }

  /**
   * Returns once there is nothing left to repeat. For threads without the baton; an interrupt stays
   * pending meanwhile.
   *
   * @throws Diverged when the run took another way, or ended before
   */
  void awaitOver() {
    over.join();
    requireSame();
  }

  /** What was noted or is known of a wait. */
  Optional<JournalEntry> find(Key key) {
    return Optional.ofNullable(known.get(key));
  }

  /** What was noted, for the only time that it is asked for. */
  Optional<JournalEntry> take(Key key) {
    return Optional.ofNullable(known.remove(key));
  }

  /** The journal's word on a step that the run reaches. */
  Optional<JournalEntry> started(int step) {
    return Optional.ofNullable(started.get(step));
  }

  /** Whether the journal has the step's end. */
  boolean ended(int step) {
    return ended.contains(step);
  }

  /** What happened just before the run reached this step. */
  List<JournalEntry> before(int step) {
    return Optional.ofNullable(within.remove(step)).orElse(List.of());
  }

  /**
   * To be called before the baton is given away for a wait whose end is known.
   *
   * @throws Diverged when the run took another way: nobody will say when it is this wait's turn
   */
  void waits(Key key) {
    turns.put(key, new Turn());
    requireSame();
  }

  /**
   * Returns when it is the wait's turn to end. Without the baton; not interruptible, as all of this
   * is over already.
   */
  void awaitTurn(Key key) {
    Turn turn = turns.get(key);
    if (turn == null) {
      throw new IllegalStateException(key + " does not wait");
    }
    join(turn.granted);
  }

  /** The wait has ended and has the baton. */
  void taken(Key key) {
    known.remove(key);
    Turn turn = turns.remove(key);
    if (turn != null) {
      turn.taken.complete(true);
    }
  }

  /**
   * Begins to hand out turns; returns at once. With the baton.
   *
   * @param happened has something happen again, with the baton
   */
  void begin(Branch main, Consumer<JournalEntry> happened) {
    if (resumed) {
      Thread.ofVirtual().name("replay").start(() -> conduct(main, happened));
    } else {
      end();
    }
  }

  private void conduct(Branch main, Consumer<JournalEntry> happened) {
    try {
      for (Next next : order) {
        Optional<Turn> granted = grant(main, next, happened);
        requireSame();
        granted.ifPresent(turn -> join(turn.taken));
      }
      over.complete(true);
      main.interject(() -> {});
      end();
    } catch (Diverged e) {
      diverged(e);
    }
  }

  /** All branches wait: the next of what is known must be among what they wait for. */
  private Optional<Turn> grant(Branch main, Next next, Consumer<JournalEntry> happened) {
    var granted = new ArrayList<Turn>(1);
    main.interject(() -> {
      JournalEntry entry = next.entry();
      if (next.key().isEmpty()) {
        happened.accept(entry);
        return;
      }
      Turn turn = turns.get(next.key().get());
      if (turn == null) {
        diverged(
            new Diverged(
                "step %d (%s) completed then, and the pipeline does not wait for it now"
                    .formatted(entry.step(), entry.name())));
        return;
      }
      granted.add(turn);
      turn.granted.complete(true);
    });
    return granted.stream().findFirst();
  }

  /** Notes that the run takes another way; whoever waits is told. Callable from any thread. */
  void diverged(Diverged by) {
    if (divergence == null) {
      divergence = by;
    }
    turns
        .values()
        .forEach(turn -> {
          turn.granted.completeExceptionally(by);
          turn.taken.complete(true);
        });
    end();
  }

  /** The run has ended, however: nobody needs to wait for it. */
  void abandon() {
    if (!over()) {
      diverged(new Diverged("the build has ended before all that it did then was repeated"));
    }
    end();
  }

  /**
   * @throws Diverged when the run took another way
   */
  void requireSame() {
    Diverged by = divergence;
    if (by != null) {
      throw new Diverged(String.valueOf(by.getMessage()));
    }
  }

  /** An interrupt stays pending meanwhile. */
  private static void join(CompletableFuture<Boolean> event) {
    try {
      event.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Diverged by) {
        throw new Diverged(String.valueOf(by.getMessage()));
      }
      throw e;
    }
  }
}
