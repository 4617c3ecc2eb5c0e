package dev.deputy.builds;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildStore;
import dev.deputy.core.JournalEntry;
import dev.deputy.core.JournalEntry.Kind;
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
 */
final class Journal {
  private final BuildStore store;
  private final BuildId build;
  private final Masks masks;
  private final InstantSource clock;

  Journal(BuildStore store, BuildId build, Masks masks, InstantSource clock) {
    this.store = store;
    this.build = build;
    this.masks = masks;
    this.clock = clock;
  }

  /** One step as the journal names it. */
  record Line(int number, Step step, String name, String branch) {}

  /** Returns once an effect step's start is durable. */
  void started(Line line, Map<String, @Nullable Object> arguments) {
    var shown = new LinkedHashMap<String, @Nullable Object>();
    arguments.forEach((name, value) ->
        shown.put(
            name,
            value instanceof String text && line.step().names().contains(name)
                ? masks.hide(text)
                : digest(value)));
    append(line, Kind.STARTED, shown.isEmpty() ? Optional.empty() : Optional.of(Json.of(shown)));
  }

  /** Returns once an effect step's end is durable. */
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

  private void append(Line line, Kind kind, Optional<String> detail) {
    store.append(
        build,
        new JournalEntry(
            line.number(),
            kind,
            line.step().stepClass(),
            line.name(),
            masks.hide(line.branch()),
            detail,
            clock.instant()));
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
