package dev.deputy.builds;

import dev.deputy.fleet.Agent;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A build's stashes: archives in its folder, each under its digest. A stash appears whole or not at
 * all, and is only given out as it was taken in. Thread-safe.
 */
final class Stashes {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_ .+-]{0,99}");

  private final Path folder;
  private final Map<String, String> digests = new ConcurrentHashMap<>();

  Stashes(Path buildFolder) {
    this.folder = buildFolder.resolve("stashes");
  }

  /**
   * @throws StepFailed when no stash can have this name
   */
  static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new StepFailed(
          "stash: \""
              + name
              + "\" (expected: a letter, digit or '_', then up to 99 letters,"
              + " digits, spaces, '_', '.', '+' or '-')");
    }
    return name;
  }

  boolean has(String name) {
    return digests.containsKey(name);
  }

  /** Something that writes an archive to a sink and returns how many files are in it. */
  @FunctionalInterface
  interface Supplier {
    int to(Agent.Sink sink) throws InterruptedException, Agent.ResultUnknown, IOException;
  }

  /**
   * What was taken in.
   *
   * @param sha256 of the archive
   */
  record Taken(int files, String sha256) {}

  static final Stored<Taken> TAKEN =
      Stored.of(
          taken -> Map.of("files", taken.files(), "sha256", taken.sha256()),
          stored -> {
            Stored.Fields fields = Stored.Fields.of(stored);
            return new Taken(fields.number("files"), fields.text("sha256"));
          });

  /** Has a name stand for what was taken in, in place of an earlier one. */
  void register(String name, Taken taken) {
    digests.put(name, taken.sha256());
  }

  /** Takes in an archive; an empty one only if allowed. It has no name yet. */
  Taken keep(String name, boolean allowEmpty, Supplier supplier)
      throws IOException, InterruptedException, Agent.ResultUnknown {
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "", ".part");
    try {
      var digest = Digests.sha256();
      int files =
          supplier.to(archive -> {
            try (var in = new DigestInputStream(archive, digest)) {
              Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
          });
      if (files == 0 && !allowEmpty) {
        throw new StepFailed("No files included in stash ‘" + name + "’");
      }
      String sha256 = Digests.hex(digest.digest());
      Files.move(part, file(sha256), StandardCopyOption.ATOMIC_MOVE);
      return new Taken(files, sha256);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * The archive of a stash.
   *
   * @throws StepFailed when there is none of this name
   */
  Agent.Content content(String name) {
    String expected = digests.get(requireName(name));
    if (expected == null) {
      throw new StepFailed("No such saved stash ‘" + name + "’");
    }
    return out -> copy(name, expected, out);
  }

  private void copy(String name, String expected, OutputStream out) throws IOException {
    var digest = Digests.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file(expected)), digest)) {
      in.transferTo(out);
    }
    if (!Digests.hex(digest.digest()).equals(expected)) {
      throw new IOException("stash ‘" + name + "’ is not as it was stashed");
    }
  }

  /** Forgets all stashes: nothing can ask for them once the build has ended. */
  void delete() throws IOException {
    digests.clear();
    if (Files.isDirectory(folder)) {
      try (var archives = Files.newDirectoryStream(folder)) {
        for (Path archive : archives) {
          Files.delete(archive);
        }
      }
      Files.delete(folder);
    }
  }

  private Path file(String sha256) {
    return folder.resolve(sha256 + ".tgz");
  }
}
