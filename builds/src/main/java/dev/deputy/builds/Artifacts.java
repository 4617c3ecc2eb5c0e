package dev.deputy.builds;

import dev.deputy.fleet.Agent;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * A build's artifacts: files in its folder. What comes from an agent is not trusted: nothing is
 * written outside of the folder, and no link is ever made.
 */
record Artifacts(Path folder) {
  static Artifacts of(Path buildFolder) {
    return new Artifacts(buildFolder.resolve("artifacts"));
  }

  /**
   * What became of an archive.
   *
   * @param files SHA-256 by path
   * @param links paths of links, which are left out
   */
  record Kept(Map<String, String> files, List<String> links) {
    static final Kept NOTHING = new Kept(Map.of(), List.of());
  }

  static final Stored<Kept> KEPT =
      Stored.of(
          kept -> Map.of("files", kept.files(), "links", kept.links()),
          stored -> {
            Stored.Fields fields = Stored.Fields.of(stored);
            return new Kept(new TreeMap<>(fields.map("files")), fields.texts("links"));
          });

  /**
   * Keeps files of an agent's folder, as {@link #keep} does.
   *
   * @param step the number of the step that it is for
   * @throws Agent.ResultUnknown when it is not known whether the agent sent them
   */
  Kept collect(Agent agent, int step, String dir, FilePatterns patterns)
      throws IOException, InterruptedException, Agent.ResultUnknown {
    var kept = new AtomicReference<>(Kept.NOTHING);
    agent.collect(
        step, dir, patterns.includes(), patterns.excludes(), archive -> kept.set(keep(archive)));
    return kept.get();
  }

  /**
   * Unpacks an archive (gzip-compressed tar), replacing files that are there already.
   *
   * @throws IOException when it is no such archive or a path in it leads elsewhere
   */
  Kept keep(InputStream archive) throws IOException {
    Map<String, String> files = new TreeMap<>();
    List<String> links = new ArrayList<>();
    try (var tar = new TarArchiveInputStream(new GzipCompressorInputStream(archive))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String name = entry.getName();
        if (entry.isSymbolicLink() || entry.isLink()) {
          links.add(name);
        } else if (entry.getLinkFlag() == TarConstants.LF_NORMAL
            || entry.getLinkFlag() == TarConstants.LF_OLDNORM) {
          Path file = file(name);
          files.put(folder.relativize(file).toString(), write(file, tar));
        }
      }
    }
    return new Kept(files, links);
  }

  /** Paths of the files that are kept, sorted; none where nothing was. */
  List<String> paths() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  /**
   * Sends files that are kept, as an agent takes them.
   *
   * @param names the names they get, by their paths
   */
  void send(Map<String, String> names, OutputStream out) throws IOException {
    try (TarArchiveOutputStream tar = Packages.deliverable(out)) {
      for (Map.Entry<String, String> each : names.entrySet()) {
        Path file = file(each.getKey());
        tar.putArchiveEntry(new TarArchiveEntry(file.toFile(), each.getValue()));
        Files.copy(file, tar);
        tar.closeArchiveEntry();
      }
    }
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder) || file.equals(folder)) {
      throw new IOException("an artifact's path leads out of the build: " + name);
    }
    return file;
  }

  private static String write(Path file, InputStream content) throws IOException {
    Files.createDirectories(file.getParent());
    var digest = Digests.sha256();
    try (OutputStream out = new DigestOutputStream(new FileOutputStream(file.toFile()), digest)) {
      content.transferTo(out);
    }
    return Digests.hex(digest.digest());
  }
}
