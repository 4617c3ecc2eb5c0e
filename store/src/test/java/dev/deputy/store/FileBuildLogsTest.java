package dev.deputy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildLogs;
import dev.deputy.testkit.BuildLogsContract;
import dev.deputy.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBuildLogsTest extends BuildLogsContract {
  @TempDir private Path directory;
  private BuildLogs logs;

  @BeforeEach
  void open() {
    logs = new FileBuildLogs(directory.resolve("logs"));
  }

  @Override
  protected BuildLogs logs() {
    return logs;
  }

  @Test
  void onlyTheOwnerMayReadThem() throws IOException {
    BuildId build = Samples.build("examples/dtap", 1);
    logs.open(build).close();

    assertThat(mode(logs.file(build))).isEqualTo("rw-------");
    assertThat(mode(directory.resolve("logs/examples/dtap"))).isEqualTo("rwx------");
    assertThat(mode(directory.resolve("logs"))).isEqualTo("rwx------");
  }

  @Test
  void peopleFindTheLogAsAFile() throws IOException {
    BuildId build = Samples.build("examples/dtap", 12);
    try (BuildLogs.Writer writer = logs.open(build)) {
      writer.append(new byte[] {'h', 'i', '\n'}, 0, 3);
    }

    assertThat(logs.file(build))
        .isEqualTo(directory.resolve("logs/examples/dtap/#12.log"))
        .hasContent("hi\n");
  }

  @Test
  void longestPossibleJobNameHasALog() throws IOException {
    BuildId build = Samples.build("j".repeat(255), 1);
    logs.open(build).close();

    assertThat(logs.file(build)).exists();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
