package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceArchiveTest {
  @TempDir Path folder;

  /** The kernel's own files have more to read than their size says, as a log that grows. */
  @Test
  void aFileThatGrowsMeanwhileIsCutAndWhatFollowsIsWhole() throws IOException {
    Path after = Files.writeString(folder.resolve("after"), "whole");
    var bytes = new ByteArrayOutputStream();
    try (var archive = new SourceArchive(bytes)) {
      archive.add("growing", Path.of("/proc/self/status"));
      archive.add("after", after);
    }
    try (var tar =
        new TarArchiveInputStream(
            new GzipCompressorInputStream(new ByteArrayInputStream(bytes.toByteArray())))) {
      assertThat(tar.getNextEntry().getName()).isEqualTo("growing");
      assertThat(tar.readAllBytes()).isEmpty();
      assertThat(tar.getNextEntry().getName()).isEqualTo("after");
      assertThat(new String(tar.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("whole");
    }
  }
}
