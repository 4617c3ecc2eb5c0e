package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTest {
  @TempDir Path folder;

  private interface Filling {
    void fill(TarArchiveOutputStream tar) throws IOException;
  }

  private static InputStream archive(Filling filling) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      filling.fill(tar);
    }
    return new ByteArrayInputStream(out.toByteArray());
  }

  private static void file(TarArchiveOutputStream tar, String name, String text)
      throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    var entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, String name, String target)
      throws IOException {
    var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  @Test
  void filesAreKeptWithTheirDigests() throws Exception {
    String deep = "d/".repeat(80) + "app.jar";
    var kept =
        Artifacts.of(folder)
            .keep(
                archive(tar -> {
                  file(tar, "release/app.jar", "jar");
                  file(tar, deep, "deep");
                }));
    assertThat(kept.files())
        .isEqualTo(Map.of("release/app.jar", Digests.hex("jar"), deep, Digests.hex("deep")));
    assertThat(folder.resolve("artifacts/release/app.jar")).hasContent("jar");
  }

  @Test
  void nothingIsWrittenOutsideOfTheFolder() throws Exception {
    for (String name : new String[] {"../evil", "a/../../evil", "/tmp/evil", "."}) {
      InputStream archive = archive(tar -> file(tar, name, "evil"));
      assertThatIOException().isThrownBy(() -> Artifacts.of(folder).keep(archive));
    }
    assertThat(folder.resolve("evil")).doesNotExist();
  }

  @Test
  void linksAreLeftOutAndNeverFollowed() throws Exception {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    var kept =
        Artifacts.of(folder.resolve("build"))
            .keep(
                archive(tar -> {
                  link(tar, "link", outside.toString());
                  file(tar, "link/file", "text");
                }));
    assertThat(kept.links()).containsExactly("link");
    assertThat(folder.resolve("build/artifacts/link/file")).hasContent("text");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void whatIsNoArchiveIsRefused() {
    assertThatIOException()
        .isThrownBy(() -> Artifacts.of(folder).keep(new ByteArrayInputStream(new byte[] {1, 2})));
  }
}
