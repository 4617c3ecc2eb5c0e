package dev.deputy.builds;

import dev.deputy.core.JournalEntry;
import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.Branch;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The course of one run: whatever decides how it goes passes through here, so that the journal has
 * it, and comes from there where the run is repeated. Called with the build's baton, but for {@link
 * #happen}.
 */
final class Course {
  private static final Step BUILD_ITSELF = Steps.all().step("echo");

  private final Journal journal;
  private final Replay replay;
  private final Predicate<Happening> relevant;
  private final Consumer<Happening> effect;

  /** What has come from outside and did not happen yet. */
  private final Queue<Happening> news = new ConcurrentLinkedQueue<>();

  private @Nullable Branch main;

  /** What the build itself has noted so far. */
  private int notes;

  /**
   * @param relevant whether something from outside still matters
   * @param effect has it matter
   */
  Course(Journal journal, Predicate<Happening> relevant, Consumer<Happening> effect) {
    this.journal = journal;
    this.replay = journal.replay();
    this.relevant = relevant;
    this.effect = effect;
  }

  Replay replay() {
    return replay;
  }

  /** The run begins. */
  void begin(Branch main) {
    this.main = main;
    replay.begin(main, this::repeat);
  }

  /**
   * Waits without the baton. Where the journal has the end of this wait, it ends like that when it
   * is its turn; otherwise the wait begins once everything that the journal has is repeated, and
   * its end is in the journal before the pipeline sees it.
   */
  <T> T await(StepContext step, int part, Stored<T> form, Callable<T> live) {
    var key = new Replay.Key(step.number(), part);
    Ended ended = new Ended(step);
    Optional<JournalEntry> known = replay.find(key);
    if (known.isPresent()) {
      replay.waits(key);
      return step.branch()
          .await(
              () -> {
                replay.awaitTurn(key);
                return undisturbed(
                    () -> ended.read(form, Stored.Fields.of(journal.open(known.get()))));
              },
              (_, failure) -> {
                replay.taken(key);
                if (failure instanceof Diverged diverged) {
                  replay.diverged(diverged);
                }
              });
    }
    if (step.line().step().stepClass() == StepClass.EFFECT) {
      journal.settle(); // what the step did before this is not done again
    }
    return step.branch()
        .await(
            () -> {
              replay.awaitOver();
              return live.call();
            },
            (value, failure) ->
                ended
                    .write(form, value, failure)
                    .ifPresent(end -> journal.completed(step.line(), part, end)));
  }

  /** An interrupt is for what comes next: this is over already, and may read files. */
  private static <T> T undisturbed(Supplier<T> reading) {
    boolean interrupted = Thread.interrupted();
    try {
      return reading.get();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether the journal has the end of a wait. */
  boolean knows(StepContext step, int part) {
    return replay.find(new Replay.Key(step.number(), part)).isPresent();
  }

  /** Something that may be different at another time, as it was when the run first read it. */
  <T> T note(Journal.Line line, int part, Stored<T> form, Supplier<T> live) {
    Optional<JournalEntry> known = replay.take(new Replay.Key(line.number(), part));
    if (known.isPresent()) {
      return form.read(journal.open(known.get()));
    }
    T value = live.get();
    journal.noted(line, part, form.write(value));
    return value;
  }

  /** {@link #note(Journal.Line, int, Stored, Supplier)} of the build itself, in their order. */
  <T> T note(Stored<T> form, Supplier<T> live) {
    return note(new Journal.Line(0, BUILD_ITSELF, "build", ""), notes++, form, live);
  }

  /**
   * Something came from outside. It happens when all branches wait, or else before the next step
   * that one of them begins. Callable from any thread, also one with the baton; returns at once.
   */
  void happen(Happening happening) {
    news.add(happening);
    Branch branch = main;
    if (branch != null) {
      Thread.ofVirtual()
          .name("news")
          .start(() -> {
            try {
              replay.awaitOver();
              branch.interject(() -> hear(0));
            } catch (Diverged _) {
              // the run says so itself
            }
          });
    }
  }

  /**
   * A branch is about to begin a step.
   *
   * @param before whether an earlier process got further: then nothing came between that did not
   *     come then
   */
  void reached(int step, boolean before) {
    for (JournalEntry entry : replay.before(step)) {
      repeat(entry);
    }
    if (!news.isEmpty() && !before && replay.over() && replay.started(step).isEmpty()) {
      hear(step);
    }
  }

  private void repeat(JournalEntry entry) {
    effect.accept(Happening.read(entry.name(), Journal.fields(entry)));
  }

  private void hear(int step) {
    for (Happening next = news.poll(); next != null; next = news.poll()) {
      if (relevant.test(next)) {
        journal.happened(step, next);
        effect.accept(next);
      }
    }
  }
}
