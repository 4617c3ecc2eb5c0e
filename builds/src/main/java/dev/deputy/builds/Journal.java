package dev.deputy.builds;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildStore;
import dev.deputy.core.JournalEntry;
import dev.deputy.core.JournalEntry.Kind;
import dev.deputy.core.JournalEntry.StepClass;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a build's journal. Called only with the build's baton, so the entries stand in the order
 * in which the pipeline reached and saw things.
 *
 * <p>A step's texts may hold secrets that nobody declared (a script that prints a token), so they
 * are kept as SHA-256 and length, computed after the declared secrets were hidden: enough to tell
 * whether a run diverges. Only what names something (a stage, a label, a stash) stays readable.
 * What a repeated run needs is sealed, with references in place of secrets that the build knows.
 */
final class Journal {
  private final BuildStore store;
  private final BuildId build;
  private final Masks masks;
  private final InstantSource clock;
  private final Seal seal;
  private final Replay replay;

  /** Whether something of it may not be durable yet. */
  private boolean unsettled;

  /**
   * @param replay what the journal has already
   */
  Journal(
      BuildStore store, BuildId build, Masks masks, InstantSource clock, Seal seal, Replay replay) {
    this.store = store;
    this.build = build;
    this.masks = masks;
    this.clock = clock;
    this.seal = seal;
    this.replay = replay;
  }

  Replay replay() {
    return replay;
  }

  /** One step as the journal names it. */
  record Line(int number, Step step, String name, String branch) {}

  /**
   * Returns once an effect step's start is durable.
   *
   * @throws Diverged when another step was started under that number
   */
  void started(Line line, Map<String, @Nullable Object> arguments) {
    var shown = new LinkedHashMap<String, @Nullable Object>();
    arguments.forEach((name, value) ->
        shown.put(
            name,
            value instanceof String text && line.step().names().contains(name)
                ? masks.hide(text)
                : digest(value)));
    Optional<String> detail = shown.isEmpty() ? Optional.empty() : Optional.of(Json.of(shown));
    Optional<JournalEntry> known = replay.started(line.number());
    if (known.isEmpty()) {
      append(line, Kind.STARTED, detail);
    } else {
      requireSame(known.get(), line, detail);
    }
  }

  private void requireSame(JournalEntry known, Line line, Optional<String> detail) {
    boolean same =
        known.name().equals(line.name())
            && known.branch().equals(masks.hide(line.branch()))
            && (known.stepClass() != StepClass.EFFECT || known.detail().equals(detail));
    if (!same) {
      throw new Diverged(
          "step %d was %s%s then, and is %s%s now"
              .formatted(
                  line.number(),
                  known.name(),
                  known.branch().isEmpty() ? "" : " in branch " + known.branch(),
                  line.name(),
                  line.branch().isEmpty() ? "" : " in branch " + line.branch()));
    }
  }

  void finished(Line line, @Nullable Object result, Map<String, Object> facts) {
    var detail = new LinkedHashMap<String, @Nullable Object>(facts);
    if (result != null) {
      detail.put("result", digest(result));
    }
    append(line, Kind.FINISHED, detail.isEmpty() ? Optional.empty() : Optional.of(Json.of(detail)));
  }

  void failed(Line line, String reason) {
    append(line, Kind.FAILED, Optional.of(reason(reason)));
  }

  /** Nothing is known of the step's result. */
  void lost(Line line, String reason) {
    append(line, Kind.LOST, Optional.of(reason(reason)));
  }

  private String reason(String reason) {
    return Json.of(Map.of("reason", masks.hide(reason)));
  }

  /** A wait of the step ended; durable before anything outside of the run can tell. */
  void completed(Line line, int part, Map<String, @Nullable Object> end) {
    write(line, Kind.COMPLETED, sealed(line.number(), part, end));
  }

  /** The step read something. */
  void noted(Line line, int part, @Nullable Object value) {
    write(line, Kind.NOTED, sealed(line.number(), part, value));
  }

  /**
   * Something came from outside.
   *
   * @param before the step that a branch was about to begin; 0 where all of them waited
   */
  void happened(int before, Happening happening) {
    store.append(
        build,
        new JournalEntry(
            before,
            Kind.HAPPENED,
            StepClass.RECORDED,
            happening.kind(),
            "",
            Optional.of(Json.of(happening.fields())),
            clock.instant()));
    unsettled = true;
  }

  /** Returns once everything so far is durable: what comes next will show that it happened. */
  void settle() {
    if (unsettled) {
      store.settle(build);
      unsettled = false;
    }
  }

  private Optional<String> sealed(int step, int part, @Nullable Object value) {
    String text = JsonData.write(masks.refer(value), 0);
    var detail = new LinkedHashMap<String, @Nullable Object>();
    detail.put("part", part);
    detail.put("sealed", seal.close(place(new Replay.Key(step, part)), text));
    return Optional.of(Json.of(detail));
  }

  /** What a completed or noted entry holds, with its secrets. */
  @Nullable Object open(JournalEntry entry) {
    Stored.Fields fields = fields(entry);
    String text = seal.open(place(key(entry, fields)), fields.text("sealed"));
    return masks.resolve(JsonData.read("journal", text));
  }

  /** What a completed or noted entry is about. */
  static Replay.Key key(JournalEntry entry) {
    return key(entry, fields(entry));
  }

  private static Replay.Key key(JournalEntry entry, Stored.Fields fields) {
    return new Replay.Key(entry.step(), fields.number("part"));
  }

  /** The detail of an entry. */
  static Stored.Fields fields(JournalEntry entry) {
    return Stored.Fields.of(JsonData.read("journal", entry.detail().orElse("{}")));
  }

  private String place(Replay.Key key) {
    return build + "/" + key;
  }

  private void append(Line line, Kind kind, Optional<String> detail) {
    if (line.step().stepClass() == StepClass.LOG) {
      return; // all that there is of it is in the log
    }
    if (kind == Kind.STARTED || !replay.ended(line.number())) {
      write(line, kind, detail);
    }
  }

  private void write(Line line, Kind kind, Optional<String> detail) {
    var entry =
        new JournalEntry(
            line.number(),
            kind,
            line.step().stepClass(),
            line.name(),
            masks.hide(line.branch()),
            detail,
            clock.instant());
    store.append(build, entry);
    if (entry.decisive()) {
      unsettled = false;
    } else if (kind == Kind.COMPLETED || kind == Kind.NOTED) {
      unsettled = true;
    }
  }

  private @Nullable Object digest(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Boolean b -> b;
      case Number n -> n;
      case List<?> items -> {
        var digests = new ArrayList<@Nullable Object>();
        items.forEach(item -> digests.add(digest(item)));
        yield digests;
      }
      case Map<?, ?> map -> {
        var digests = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, item) -> digests.put(String.valueOf(key), digest(item)));
        yield digests;
      }
      default -> {
        String text = masks.hide(value.toString());
        var digest = new LinkedHashMap<String, Object>();
        digest.put("sha256", Digests.hex(text));
        digest.put("length", text.length());
        yield digest;
      }
    };
  }
}
