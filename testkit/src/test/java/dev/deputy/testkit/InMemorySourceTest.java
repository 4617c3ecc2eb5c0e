package dev.deputy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InMemorySourceTest {
  @Test
  void archiveIsUnpackedByTar(@TempDir Path dir) throws IOException, InterruptedException {
    var source =
        InMemorySource.onMain(
            Map.of("Jenkinsfile", "pipeline {}\n", "a/b.sh", "#!/bin/sh\n", "empty", ""));
    Path archive = dir.resolve("source.tar.gz");
    try (var out = Files.newOutputStream(archive)) {
      source.archive(out);
    }

    Process tar =
        new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", dir.toString()).start();

    assertThat(tar.waitFor()).isZero();
    assertThat(dir.resolve("Jenkinsfile")).hasContent("pipeline {}\n");
    assertThat(dir.resolve("a/b.sh")).isExecutable().hasContent("#!/bin/sh\n");
    assertThat(dir.resolve("empty")).isEmptyFile();
  }
}
