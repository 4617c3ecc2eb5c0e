package dev.deputy.builds;

import dev.deputy.core.JobName;
import dev.deputy.core.LibraryStore;
import dev.deputy.core.LibraryStore.Library;
import dev.deputy.core.LibraryStore.Unusable;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The libraries that a build has loaded: each once, so that every use of a name is of one version.
 * Touched only with the build's baton.
 */
final class LoadedLibraries {
  private final LibraryStore store;
  private final JobName job;
  private final Map<String, Library> loaded = new LinkedHashMap<>();

  LoadedLibraries(LibraryStore store, JobName job) {
    this.store = store;
    this.job = job;
  }

  /** The library of this name where the build has it already. */
  Optional<Library> find(String name) {
    return Optional.ofNullable(loaded.get(name));
  }

  /** Reads a library, without the baton. */
  Library load(StepContext step, String name, Optional<String> version) {
    Library library =
        step.await(
            Stored.of(LoadedLibraries::fields, stored -> again(name, version, stored)),
            () -> {
              try {
                return store.load(job, name, version);
              } catch (Unusable e) {
                throw new StepFailed(String.valueOf(e.getMessage()));
              }
            });
    loaded.put(name, library);
    return library;
  }

  private static Map<String, Object> fields(Library library) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("version", library.version());
    library.commit().ifPresent(commit -> fields.put("commit", commit));
    fields.put("sha256", digest(library));
    return fields;
  }

  /** What a run had loaded, pinned to its commit. */
  private Library again(String name, Optional<String> version, @Nullable Object stored) {
    Stored.Fields fields = Stored.Fields.of(stored);
    try {
      Library library = store.load(job, name, fields.optionalText("commit").or(() -> version));
      if (!digest(library).equals(fields.text("sha256"))) {
        throw new Diverged("library " + name + " has other files than it had then");
      }
      return new Library(
          library.name(),
          fields.text("version"),
          fields.optionalText("commit"),
          library.vars(),
          library.sources(),
          library.resources());
    } catch (Unusable e) {
      throw new Diverged("library " + name + " can not be loaded again: " + e.getMessage());
    }
  }

  private static String digest(Library library) {
    var digest = Digests.sha256();
    add(digest, library.vars(), text -> text.getBytes(StandardCharsets.UTF_8));
    add(digest, library.sources(), text -> text.getBytes(StandardCharsets.UTF_8));
    add(digest, library.resources(), bytes -> bytes);
    return Digests.hex(digest.digest());
  }

  /** Each name and content with its length before it. */
  private static <T> void add(
      MessageDigest digest, Map<String, T> files, Function<T, byte[]> content) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(files.size()).array());
    new TreeMap<>(files)
        .forEach((name, file) -> {
          for (byte[] part : List.of(name.getBytes(StandardCharsets.UTF_8), content.apply(file))) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            digest.update(part);
          }
        });
  }

  /** A file below {@code resources/}, of the library that was loaded first and has it. */
  Optional<byte[]> resource(String path) {
    return loaded.values().stream()
        .flatMap(library -> Optional.ofNullable(library.resources().get(path)).stream())
        .findFirst();
  }
}
