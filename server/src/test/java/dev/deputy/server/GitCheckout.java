package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** A checkout made with the git program itself, and the archives of sources made comparable. */
final class GitCheckout {
  private final Path top;

  GitCheckout(Path top) {
    this.top = top;
  }

  /** A repository on branch main without commits. */
  static GitCheckout init(Path top) {
    GitCheckout checkout = new GitCheckout(top);
    try {
      Files.createDirectories(top);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    checkout.git("init", "-q", "-b", "main", ".");
    return checkout;
  }

  Path top() {
    return top;
  }

  Path write(String name, String content) {
    try {
      Path file = top.resolve(name);
      Files.createDirectories(file.resolveSibling(""));
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void commitAll() {
    git("add", "-A");
    git("commit", "-q", "-m", "a commit");
  }

  /** What git printed. */
  byte[] git(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git",
                "-c",
                "user.name=Ann",
                "-c",
                "user.email=ann@example.com",
                "-c",
                "protocol.file.allow=always",
                "-c",
                "commit.gpgSign=false"));
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(top.toFile());
      builder.environment().putAll(Map.of("GIT_CONFIG_NOSYSTEM", "1", "HOME", top.toString()));
      Path errors = Files.createTempFile("git", ".err");
      Process git = builder.redirectError(errors.toFile()).start();
      git.getOutputStream().close();
      byte[] printed = git.getInputStream().readAllBytes();
      assertThat(git.waitFor()).as(() -> command + ": " + read(errors)).isZero();
      Files.delete(errors);
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String gitLine(String... arguments) {
    return new String(git(arguments), StandardCharsets.UTF_8).strip();
  }

  /** What {@code git archive} has in it, in the form of {@link #content}. */
  SortedMap<String, String> gitArchive() {
    return content(new ByteArrayInputStream(git("archive", "--format=tar", "HEAD")));
  }

  /** The names in a source's archive with mode, time and content. */
  static SortedMap<String, String> content(Source source) {
    try {
      return content(new GzipCompressorInputStream(new ByteArrayInputStream(archive(source))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] archive(Source source) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    source.archive(out);
    return out.toByteArray();
  }

  private static SortedMap<String, String> content(InputStream archive) {
    SortedMap<String, String> content = new TreeMap<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(archive, "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        assertThat(entry.getUserName()).isIn("", "root");
        assertThat(entry.getLongUserId()).isZero();
        if (!entry.isDirectory()) {
          boolean executable = (entry.getMode() & 0100) != 0;
          String kind =
              entry.isSymbolicLink()
                  ? "link to " + entry.getLinkName()
                  : (executable ? "executable " : "plain ")
                      + new String(tar.readAllBytes(), StandardCharsets.ISO_8859_1);
          content.put(entry.getName(), entry.getLastModifiedTime() + " " + kind);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return content;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
