package dev.deputy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.ControllerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControllerIdentityTest {
  @TempDir Path folder;

  @Test
  void idStaysWithItsState() throws IOException {
    ControllerId first = ControllerIdentity.of(new StateFolder(folder));
    assertThat(ControllerIdentity.of(new StateFolder(folder))).isEqualTo(first);
    assertThat(folder).isDirectoryContaining("glob:**/controller-id");
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void emptyFileIsRepaired() throws IOException {
    Files.createFile(folder.resolve("controller-id"));
    ControllerId made = ControllerIdentity.of(new StateFolder(folder));
    assertThat(ControllerIdentity.of(new StateFolder(folder))).isEqualTo(made);
  }
}
