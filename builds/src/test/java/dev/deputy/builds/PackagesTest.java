package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deputy.fleet.FileSelection;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackagesTest {
  private static final FileSelection ALL = new FileSelection(List.of("**"), List.of());

  @TempDir Path folder;

  private Path zip(String... names) throws IOException {
    Path file = folder.resolve("x.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  private static Map<String, String> texts(Packages.Form form, Path file) throws IOException {
    var texts = new LinkedHashMap<String, String>();
    Packages.read(
        form,
        file,
        StandardCharsets.UTF_8,
        ALL,
        (name, _, content) ->
            texts.put(name, new String(content.readAllBytes(), StandardCharsets.UTF_8)));
    return texts;
  }

  @ParameterizedTest
  @EnumSource(Packages.Form.class)
  void whatIsPackedComesBack(Packages.Form form) throws IOException {
    var files = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = Packages.deliverable(files)) {
      for (String name : List.of("a.txt", "b/ü.txt", "c/" + "long".repeat(50))) {
        byte[] content = name.getBytes(StandardCharsets.UTF_8);
        var entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    for (boolean compress : new boolean[] {true, false}) {
      Path file = folder.resolve("package");
      int count =
          Packages.pack(form, compress, new ByteArrayInputStream(files.toByteArray()), file);
      assertThat(count).isEqualTo(3);
      assertThat(texts(form, file))
          .hasSize(3)
          .allSatisfy((name, text) -> assertThat(text).isEqualTo(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "/etc/x", "a/b/../../../x"})
  void aNameThatLeadsOutIsRefused(String name) throws IOException {
    Path file = zip("fine", name);
    assertThatThrownBy(() -> texts(Packages.Form.ZIP, file))
        .isInstanceOf(StepFailed.class)
        .hasMessage(name + " is out of bounds!");
  }

  @Test
  void linksInATarAreLeftOut() throws IOException {
    Path file = folder.resolve("x.tar.gz");
    try (TarArchiveOutputStream tar = Packages.deliverable(Files.newOutputStream(file))) {
      for (byte kind : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK}) {
        var link = new TarArchiveEntry("link" + kind, kind);
        link.setLinkName("/etc/passwd");
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
      }
    }
    assertThat(texts(Packages.Form.TAR, file)).isEmpty();
  }

  @Test
  void aPackageOfTooManyEntriesIsRefused() throws IOException {
    Path file = folder.resolve("x.zip");
    try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (int i = 0; i <= 100_000; i++) {
        zip.putNextEntry(new ZipEntry("f" + i));
      }
    }
    assertThatThrownBy(() -> texts(Packages.Form.ZIP, file))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("more than 100000 entries");
  }

  /** What is cut or spoilt ends in an exception of the package, or in fewer files. */
  @Test
  void spoiltPackagesDoNoHarm() throws IOException {
    byte[] whole = Files.readAllBytes(zip("a", "b/c", "d"));
    var random = new Random(5);
    for (int round = 0; round < 500; round++) {
      byte[] spoilt = whole.clone();
      for (int i = 0; i < 3; i++) {
        spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt();
      }
      Path file = Files.write(folder.resolve("spoilt"), spoilt);
      try {
        assertThat(texts(Packages.Form.ZIP, file).size()).isLessThan(10);
      } catch (IOException | StepFailed e) {
        assertThat(e).hasMessageNotContaining("Exception");
      }
    }
  }
}
