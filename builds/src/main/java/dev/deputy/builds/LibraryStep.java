package dev.deputy.builds;

import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.core.LibraryStore;
import dev.deputy.pipeline.LoadedCode;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code library}: makes a shared library's variables and classes known. Which commit a version
 * stood for is in the journal, with the text, so that a build goes on with what it began with.
 */
final class LibraryStep implements Step {
  @Override
  public StepSignature signature() {
    return Signatures.step("library")
        .value("identifier", Kind.STRING)
        .optional(Kind.BOOLEAN, "changelog")
        .optional(Kind.ANY, "retriever")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.RECORDED;
  }

  @Override
  public Set<String> names() {
    return Set.of("identifier");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    String identifier = step.text("identifier");
    int at = identifier.indexOf('@');
    String name = (at < 0 ? identifier : identifier.substring(0, at)).strip();
    Optional<String> version =
        at < 0 ? Optional.empty() : Optional.of(identifier.substring(at + 1).strip());
    String known = step.argument("retriever") instanceof Map<?, ?> r ? retrieved(step, r) : name;
    LoadedLibraries libraries = step.build().libraries();
    LibraryStore.Library library =
        libraries.find(known).orElseGet(() -> libraries.load(step, known, version));
    step.say("Loading library " + name + "@" + library.version());
    step.record("library", name);
    step.record("version", library.version());
    library.commit().ifPresent(commit -> step.record("commit", commit));
    return new LoadedCode.Library(name, library.vars(), library.sources());
  }

  /** A pipeline may name a library's repository, where it is one that the configuration has too. */
  private static String retrieved(StepContext step, Map<?, ?> retriever) {
    String remote = remote(retriever).orElse("");
    return step.build()
        .settings()
        .resources()
        .libraries()
        .named(step.build().id().job(), remote)
        .orElseThrow(() ->
            new StepFailed(
                "library: no library of "
                    + (remote.isEmpty() ? "this retriever" : remote)
                    + " is configured; the controller fetches only what deputy.yaml lists under"
                    + " libraries"));
  }

  /** {@code modernSCM([… remote: …])} and {@code legacySCM(… userRemoteConfigs …)}. */
  private static Optional<String> remote(Map<?, ?> map) {
    for (String key : new String[] {"remote", "url"}) {
      if (map.get(key) instanceof String text) {
        return Optional.of(text);
      }
    }
    for (Object value : map.values()) {
      Iterable<?> items = value instanceof Iterable<?> each ? each : List.of(value);
      for (Object item : items) {
        Optional<String> found = item instanceof Map<?, ?> inner ? remote(inner) : Optional.empty();
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
